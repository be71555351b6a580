/**
 * The regression test of the rules: runs of the suite's side A, one of each sickness and the healthy ones, and what must be
 * found in them. Each code's patch is sent to a fork through the API, as it is.
 */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { csvOf } from '../../bench/findings/datasets.js';
import { diagnose } from '../../bench/findings/diagnose.js';
import { runsOf, sides } from '../../bench/findings/specs.js';
import { type Finding, findingCodes } from '../../src/schemas/finding.js';
import { csv, startApi, submit, type TestApi, uploadRequest } from '../routes/support.js';

let api: TestApi;
before(async () => {
  api = await startApi();
});

const tried = new Set<string | null>();
const forked = new Set<string>();

for (const run of runsOf(sides.A())) {
  const { table, body, expected } = run;
  if (!table || (expected !== null && tried.has(expected))) continue;
  tried.add(expected);
  test(`${run.name}: ${expected ?? 'nothing'} is found`, async () => {
    const { findings } = await diagnose(run, { seed: 1 });
    const codes = findings.map(({ code }) => code);
    assert.ok(expected === null || codes.includes(expected), `found ${codes}`);
    assert.deepEqual(
      codes.filter((code) => code !== expected && !run.allowed.includes(code)),
      [],
    );
    const patches = findings.filter(({ code, patch }) => patch !== null && !forked.has(code));
    if (patches.length === 0) return;
    const response = await api.inject(uploadRequest(csv(csvOf(table(1)), `${tried.size}.csv`)));
    assert.ok([200, 201].includes(response.statusCode), response.body);
    const { id } = response.json<{ id: string }>();
    const job = await submit(api, { ...body, dataset: { id, ...body.dataset } });
    for (const finding of patches) await fork(job.id, finding);
  });
}

async function fork(id: string, { code, patch }: Finding): Promise<void> {
  const response = await api.inject({ method: 'POST', url: `/v1/jobs/${id}/fork`, payload: { patch } });
  assert.equal(response.statusCode, 202, `${code}: ${response.body}`);
  forked.add(code);
}

test('each code has a run that shows it, and a patch that a fork takes, but where no field of a spec mends it', () => {
  assert.deepEqual(
    findingCodes.filter((code) => !tried.has(code)),
    [],
  );
  const withoutPatch = ['noSignal', 'distributionShift'];
  assert.deepEqual(
    findingCodes.filter((code) => !forked.has(code)),
    findingCodes.filter((code) => withoutPatch.includes(code)),
  );
});
