/**
 * What the signals cost: a step that is looked at against one that is not, in turns, spread over the steps between two looks.
 * `node dist/bench/signals.js [--only name] [--seconds n]` prints JSON.
 */
import { parseArgs } from 'node:util';
import { chooseKernels } from '../src/engine/index.js';
import { machine, measureInTurns } from './harness.js';
import { ours, WORKLOADS } from './workloads.js';

const { values } = parseArgs({ options: { only: { type: 'string' }, seconds: { type: 'string', default: '10' } } });
const kernels = chooseKernels('auto').factory;
const rows = [];
for (const [name, workload] of Object.entries(WORKLOADS)) {
  if (values.only !== undefined && values.only !== name) continue;
  const contenders = {
    plain: await ours(workload, kernels, { threads: 1 }),
    lookedAt: await ours(workload, kernels, { threads: 1, lookAt: true }),
  };
  const { plain, lookedAt } = await measureInTurns(contenders, { rounds: 100, seconds: Number(values.seconds) });
  for (const contender of Object.values(contenders)) contender.close?.();
  const { signalInterval: interval } = contenders.plain;
  rows.push({
    name,
    plainSeconds: plain,
    lookedAtSeconds: lookedAt,
    interval,
    cost: (lookedAt / plain - 1) / interval,
  });
}
process.stdout.write(`${JSON.stringify({ machine, kernels: kernels.name, rows }, null, 2)}\n`);
