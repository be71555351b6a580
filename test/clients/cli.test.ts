/** The program `trainyard` as it is built, run against a real service. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { projectRoot } from '../../src/paths.js';
import { type ServedApi, startServed } from './served.js';

const program = join(projectRoot, 'clients/typescript/dist/cli/index.js');
const penguins = join(projectRoot, 'examples/data/penguins.csv');
let folder: string;
let service: ServedApi;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trainyard-cli-'));
  service = await startServed();
});
after(() => rm(folder, { recursive: true, force: true }));

interface Outcome {
  code: number;
  out: string;
  err: string;
}

const trainyard = (...args: string[]): Promise<Outcome> =>
  new Promise((resolve) => {
    const env = { ...process.env, TRAINYARD_URL: service.url };
    const child = execFile(process.execPath, [program, ...args], { env }, (_error, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });

async function file(name: string, content: string): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

const spec = {
  ...{ name: 'from the shell', dataset: { target: 'species' }, model: { type: 'mlp', hidden: [8] } },
  training: { epochs: 20 },
};

test('from a file to predictions: upload, submit, watch, metrics, predict', async () => {
  const uploaded = await trainyard('upload', penguins, '--name', 'birds');
  assert.match(uploaded.out, /^ds_\w{26}\n$/, uploaded.err);
  const job = await file('job.json', JSON.stringify(spec));
  const submitted = await trainyard('submit', job, '--data', penguins);
  assert.match(submitted.out, /^job_\w{26}\n$/, submitted.err);
  const id = submitted.out.trim();

  const watched = await trainyard('watch', id);
  assert.equal(watched.code, 0, watched.err);
  assert.match(watched.err, /succeeded █{30,} 100 % {2}epoch \d+, step (\d+) of \1\n$/);
  const model = /^train: .*accuracy 0\.\d+.*\n(?:.*\n)+model (mdl_\w{26})\n$/.exec(watched.out)?.[1];
  assert.ok(model, watched.out);

  const drawn = await trainyard('metrics', id, '--names', 'train.loss');
  assert.match(drawn.out, /^ *[\d.]+ │•/, drawn.err);
  assert.match(drawn.out, /└─{60,}\n +step \d+ +\d+\n +• train\.loss\n$/);

  const predicted = await trainyard('predict', model, penguins);
  const lines = predicted.out.trimEnd().split('\n');
  assert.equal(lines.length, 344, predicted.err); // rows of the table
  assert.match(lines[0]!, /^\{"class":"(Adelie|Chinstrap|Gentoo)","probabilities":\{/);
  const rows = await file('rows.json', JSON.stringify([{ island: 'Biscoe', bill_length_mm: 46.1, sex: null }]));
  assert.equal((await trainyard('predict', model, rows)).out.split('\n').length, 2);
});

test('a job that does not succeed is a failure that says how it ended', async () => {
  const endless = { ...spec, training: { epochs: 1e6 }, earlyStopping: { type: 'none' } };
  const submitted = await trainyard('submit', await file('endless.json', JSON.stringify(endless)), '--data', penguins);
  const id = submitted.out.trim();
  const watching = trainyard('watch', id);
  await service.inject({ method: 'POST', url: `/v1/jobs/${id}/cancel` });
  const { code, out, err } = await watching;
  assert.deepEqual([code, out], [1, '']);
  assert.match(err, new RegExp(`trainyard: ${id} cancelled\n$`));
});

test('a problem of the service is told with its paths', async () => {
  const bad = { ...spec, dataset: { id: 'ds_00000000000000000000000000' }, model: { type: 'mlp', hidden: [0] } };
  const { code, err } = await trainyard('submit', await file('bad.json', JSON.stringify(bad)));
  assert.equal(code, 1);
  assert.match(err, /^trainyard: .+\n {2}\/model\/hidden\/0: /);
});

test('a file that cannot be used is named', async () => {
  const { code, err } = await trainyard('submit', await file('no.json', '{'));
  assert.equal(code, 1);
  assert.match(err, /^trainyard: .*no\.json: expected JSON: /);
  assert.match((await trainyard('upload', 'nowhere.csv')).err, /ENOENT.*nowhere\.csv/);
});

for (const args of [[], ['fly'], ['constructor'], ['watch'], ['watch', 'a', 'b'], ['watch', '--wings', '2']]) {
  test(`\`trainyard ${args.join(' ')}\` is a wrong call, and told the right ones`, async () => {
    const { code, out, err } = await trainyard(...args);
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, /^trainyard: .+\n\ntrainyard <command> /);
  });
}

test('--help names every command', async () => {
  const { code, out } = await trainyard('--help');
  assert.equal(code, 0);
  for (const command of ['upload', 'submit', 'watch', 'metrics', 'predict'])
    assert.match(out, new RegExp(`^  ${command} <`, 'm'));
});
