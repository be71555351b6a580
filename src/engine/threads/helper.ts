/** A helper thread: makes its kernels, says that it is ready, and walks its part of each program it is called to. */
import { parentPort, workerData } from 'node:worker_threads';
import { chooseKernels, type KernelsRequest } from '../kernels/choose.js';
import { link } from '../link.js';
import { Barrier, waitWhile } from './barrier.js';
import { control, type HelperTask } from './team.js';

const task = workerData as HelperTask;
const words = new Int32Array(task.control);
const barrier = new Barrier(words, task.threads);
const kernels = await chooseKernels(task.kernels as KernelsRequest).factory.create(task.memory, task.scratch);
const programs = task.programs.map((stretches) => stretches.map((stretch) => link(stretch, kernels)));

let round = Atomics.load(words, control.round);
parentPort!.postMessage('ready');
for (;;) {
  waitWhile(words, control.round, round);
  round++;
  const program = Atomics.load(words, control.program);
  for (const stretch of programs[program]!) {
    try {
      stretch();
    } catch (error) {
      // The others wait at the barrier: they must be told there, not left there.
      console.error(error);
      Atomics.add(words, control.failures, 1);
    }
    barrier.pass();
  }
}
