/**
 * What checkpoints cost a training job: its step rate through the service with one every 2 s, which is the default, and
 * with none but the last, in turns. `node dist/bench/checkpoints.js [--rounds n]` prints JSON.
 */
import { parseArgs } from 'node:util';
import type { Job } from '../src/schemas/job.js';
import { machine } from './harness.js';
import { csvOf, finished, median, post, ROWS, upload, withService } from './service-client.js';

/** Half a million parameters: with Adam's moments and the best weights a checkpoint has 9 MB. */
const spec = {
  model: { type: 'mlp', hidden: [512, 512, 512] },
  training: { steps: 3000, batchSize: 64 },
  earlyStopping: { type: 'none' },
};
const policies = { default: {}, none: { everyEpochs: 1_000_000 } };
type Policy = keyof typeof policies;

async function train(api: string, datasetId: string, policy: Policy) {
  const dataset = { id: datasetId, target: 'label' };
  const { id } = await post<Job>(`${api}/v1/jobs`, { ...spec, dataset, checkpoints: policies[policy] });
  const job = await finished(api, id);
  const events = await fetch(`${api}/v1/jobs/${id}/events?limit=200`);
  const { items } = (await events.json()) as { items: { type: string }[] };
  return {
    stepsPerSecond: job.progress!.stepsPerSecond!,
    checkpoints: items.filter(({ type }) => type === 'checkpoint').length,
  };
}

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } });
const report = await withService({ CONSUMER_CONCURRENCY: '1' }, async (api) => {
  const { id } = await upload(api, csvOf(ROWS));
  const pairs: Record<Policy, Awaited<ReturnType<typeof train>>>[] = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    pairs.push({ default: await train(api, id, 'default'), none: await train(api, id, 'none') });
  }
  const cost = median(pairs.map(({ default: kept, none }) => 1 - kept.stepsPerSecond / none.stepsPerSecond));
  return { machine, pairs, cost };
});
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
