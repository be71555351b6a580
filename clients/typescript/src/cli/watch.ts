/** `trainyard watch <job>`: a bar on a terminal, else a line a change; at the end what came of the job. */
import type { Job } from '../wait-for.js';
import { type Command, print } from './command.js';
import { progressLine } from './progress-line.js';

export const watch: Command = {
  operands: ['<job>'],
  async run(client, [id]) {
    const { isTTY, columns } = process.stderr;
    const onProgress = (job: Job) =>
      void process.stderr.write(isTTY ? `\r\x1b[K${progressLine(job, columns)}` : `${progressLine(job)}\n`);
    const job = await client.waitFor(id!, { onProgress, pollSeconds: 0.5 });
    if (isTTY) process.stderr.write('\n');
    if (!job.result) throw new Error(`${id} ${job.state}${job.error ? `: ${job.error.detail}` : ''}`);
    for (const split of ['train', 'validation', 'test'] as const) {
      const measured = job.result.metrics[split];
      if (measured) print(`${split}: ${listed(measured.values)}`);
    }
    print(`model ${job.result.modelId}`);
  },
};

/** `f1.macro` and the like are left out: one of the averages is `f1`. */
const listed = (values: Record<string, number | string>): string =>
  Object.entries(values)
    .filter(([name]) => !name.includes('.'))
    .map(([name, value]) => `${name} ${typeof value === 'number' ? Number(value.toPrecision(4)) : value}`)
    .join(', ');
