/** Clients that others' generators make of the document compile under strict TypeScript, and do what they are for. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { projectRoot } from '../../../src/paths.js';
import { type ServedApi, startServed } from '../served.js';
import { generators, scenario } from './programs.js';

const run = promisify(execFile);
const strict = ['--strict', '--noEmit', '--skipLibCheck', '--target', 'es2022', '--lib', 'es2023,dom,dom.iterable'];
const modules = ['--module', 'esnext', '--moduleResolution', 'bundler', '--types', 'node'];

let service: ServedApi;
before(async () => {
  service = await startServed();
});

for (const [name, { command, program }] of Object.entries(generators)) {
  test(`${name}: compiles, uploads, plans, submits, polls, reads metrics, downloads a checkpoint, predicts`, async (t) => {
    const cwd = await mkdtemp(join(tmpdir(), 'trainyard-generated-'));
    t.after(() => rm(cwd, { recursive: true, force: true }));
    const node = async (...args: string[]): Promise<string> => {
      const { stdout } = await run(process.execPath, args, { cwd }).catch(({ stdout, stderr }) =>
        assert.fail(`${args.join(' ')}: ${stdout}${stderr}`),
      );
      return stdout;
    };
    await symlink(join(projectRoot, 'node_modules'), join(cwd, 'node_modules'));
    await writeFile(join(cwd, 'package.json'), '{"type":"module"}');
    await writeFile(join(cwd, 'scenario.ts'), scenario);
    await writeFile(join(cwd, 'program.ts'), program);
    await node(...command(join(projectRoot, 'openapi/openapi.json')));
    await node('node_modules/typescript/bin/tsc', ...strict, ...modules, 'program.ts');
    const outfile = join(cwd, 'program.js');
    await build({ entryPoints: [join(cwd, 'program.ts')], outfile, bundle: true, platform: 'node', format: 'esm' });
    const told = JSON.parse(await node(outfile, service.url, join(projectRoot, 'examples/data/penguins.csv'))) as {
      parameters: number;
      series: string[];
      species: string;
    };
    const { parameters, series, species, ...rest } = told;
    assert.deepEqual(rest, { state: 'succeeded', header: '{"' }); // of safetensors, behind its length
    assert.ok(parameters > 0);
    assert.ok(series.includes('validation.loss'), String(series));
    assert.match(species, /^(Adelie|Chinstrap|Gentoo)$/);
  });
}
