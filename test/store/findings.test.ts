/** Findings are stored once a code, as first seen, under the run's epoch, each with one event. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Finding, FindingCode } from '../../src/schemas/finding.js';
import type { Db } from '../../src/store/database.js';
import { listEvents } from '../../src/store/events.js';
import { StaleEpochError } from '../../src/store/fence.js';
import { addFindings, findingsOfJob } from '../../src/store/findings.js';
import { freshDatabase } from '../support/database.js';
import { addRun, tenantId } from '../support/rows.js';

let db: Db;
before(async () => {
  ({ db } = await freshDatabase());
});

const finding = (code: FindingCode, step: number): Finding => ({
  ...{ code, step, severity: 'warning', title: code, remedy: 'none' },
  evidence: [{ name: 'train.loss', value: 'NaN', threshold: 1 }],
  patch: { optimizer: { type: 'sgd', learningRate: 0.1 } },
});

test('what is found again after a resume changes neither the row nor the events', async () => {
  const { id: jobId, epoch } = await addRun(db);
  const add = (...findings: Finding[]) => addFindings(db, { jobId, epoch, findings });
  await add(finding('overfitting', 40), finding('lossSpikes', 40));
  await add(finding('overfitting', 50), finding('plateau', 60));
  await add();
  const rows = await findingsOfJob(db, { tenantId, jobId });
  assert.deepEqual(
    rows.map(({ code, step }) => [code, step]),
    [
      ['lossSpikes', 40],
      ['overfitting', 40],
      ['plateau', 60],
    ],
  );
  assert.deepEqual({ code: rows[2]!.code, step: rows[2]!.step, ...rows[2]!.body }, finding('plateau', 60));
  const { items } = await listEvents(db, { tenantId, jobId, limit: 100 });
  const told = items.filter(({ type }) => type === 'finding').map(({ data }) => [data['code'], data['step']]);
  assert.deepEqual(told, [
    ['overfitting', 40],
    ['lossSpikes', 40],
    ['plateau', 60],
  ]);
});

test('a run that has lost its job stores nothing, and another tenant sees nothing', async () => {
  const { id: jobId, epoch } = await addRun(db);
  const stale = addFindings(db, { jobId, epoch: epoch - 1, findings: [finding('plateau', 1)] });
  await assert.rejects(stale, StaleEpochError);
  assert.deepEqual(await findingsOfJob(db, { tenantId, jobId }), []);
  await addFindings(db, { jobId, epoch, findings: [finding('plateau', 1)] });
  assert.deepEqual(await findingsOfJob(db, { tenantId: 'another', jobId }), []);
});
