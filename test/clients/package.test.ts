/** @trainyard/client as it is installed: its types are fresh, and a strict program compiles against the packed package and runs. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { projectRoot } from '../../src/paths.js';
import { renderClientTypes } from '../../src/render-client-types.js';

const run = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), 'trainyard-package-'));
after(() => rm(folder, { recursive: true, force: true }));

const program = `
import { createClient, type Job, TrainyardError } from '@trainyard/client';
const client = createClient({ baseUrl: 'http://127.0.0.1:9', retries: 0 });
export const stateOf = (job: Job): 'queued' | 'succeeded' | null =>
  job.state === 'queued' || job.state === 'succeeded' ? job.state : null;
// @ts-expect-error there is no such model
void (() => client.api.POST('/v1/jobs', { body: { dataset: { id: 'ds_' }, model: { type: 'mpl' } } }));
try {
  const { data } = await client.api.GET('/v1/jobs');
  const states: Job['state'][] = data?.items.map(({ state }) => state) ?? [];
  console.log(states);
} catch (error) {
  if (error instanceof TrainyardError) console.log(error.code);
}
`;

test('its types are those of openapi/openapi.json', async () => {
  const document = await readFile(join(projectRoot, 'openapi/openapi.json'), 'utf8');
  const committed = await readFile(join(projectRoot, 'clients/typescript/src/schema.ts'), 'utf8');
  assert.ok(committed === (await renderClientTypes(document)), 'run npm run openapi');
});

test('packed and installed, a program of strict TypeScript compiles against it and runs', async () => {
  const packed = join(folder, 'node_modules/@trainyard/client');
  await mkdir(packed, { recursive: true });
  const source = join(projectRoot, 'clients/typescript');
  const { stdout } = await run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: source });
  await run('tar', ['-xzf', join(folder, stdout.trim()), '-C', packed, '--strip-components=1']);
  for (const name of ['openapi-fetch', 'openapi-typescript-helpers', '@types']) {
    await symlink(join(projectRoot, 'node_modules', name), join(folder, 'node_modules', name));
  }
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(join(folder, 'program.ts'), program);
  const options = ['--strict', '--exactOptionalPropertyTypes', '--module', 'nodenext', '--target', 'es2022'];
  const tsc = join(projectRoot, 'node_modules/typescript/bin/tsc');
  await run(process.execPath, [tsc, ...options, '--types', 'node', 'program.ts'], { cwd: folder }).catch(
    ({ stdout: errors }: { stdout: string }) => assert.fail(errors),
  );
  const { stdout: said } = await run(process.execPath, ['program.js'], { cwd: folder });
  assert.equal(said, 'unreachable\n');
});
