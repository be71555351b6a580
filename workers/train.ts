/**
 * Thread: trains one job. It reads the dataset and the checkpoint it is given, runs the engine, and posts what there is to
 * say; it touches no database, no queue and no network. Its pool ends it after the run.
 */
import { readFile } from 'node:fs/promises';
import { openDataset } from '../src/data/stored-dataset.js';
import { chooseKernels, createTrainer } from '../src/engine/index.js';
import { describeData } from '../src/findings/data-facts.js';
import { FindingWatch } from '../src/findings/watch.js';
import { checkpointMetadata } from '../src/run/checkpoint-metadata.js';
import { Control, type TrainMessage, type TrainResult, type TrainTask } from '../src/run/protocol.js';
import { Reporter } from '../src/run/reporter.js';
import { isRunsOwnFault, toRunError } from '../src/run/run-error.js';
import { prepareTrainingData } from '../src/run/training-data.js';
import { describeFinished } from '../src/run/training-result.js';

export default async function train(task: TrainTask): Promise<TrainResult> {
  try {
    return await run(task);
  } catch (error) {
    const runError = toRunError(error); // here, since an error's code is lost on the way out of a thread
    if (!isRunsOwnFault(runError)) throw error;
    return { type: 'failed', error: runError };
  } finally {
    task.port.close();
  }
}

async function run({ spec, port, ...task }: TrainTask): Promise<TrainResult> {
  const startedAt = performance.now();
  const control = new Control(task.control);
  const deadline = startedAt + 1000 * (task.secondsLeft ?? Number.POSITIVE_INFINITY);
  const isLate = () => performance.now() >= deadline;
  const post = (message: TrainMessage, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);
  const dataset = openDataset(task.datasetPath);
  const prepared = prepareTrainingData(dataset, spec, { ...task.rowStore, onProgress: () => control.beat(0) });
  const facts = task.history && describeData({ ...prepared, stored: dataset, spec });
  dataset.close();
  let steppedAt = startedAt;
  const trainer = await createTrainer({
    ...prepared,
    spec,
    kernels: chooseKernels(task.kernels).factory,
    threads: task.threads,
    metadata: checkpointMetadata(prepared.preparation),
    shouldStop: () => {
      const now = performance.now();
      control.beat(now - steppedAt);
      steppedAt = now;
      if (trainer.step === task.stopAt?.step) return task.stopAt.request;
      return control.stop === 'no' && isLate() ? 'finish' : control.stop;
    },
    anyKernels: task.anyKernels,
    ...(task.resume && { resumeFrom: await readFile(task.resume.path) }),
    ...(task.inherit && {
      inheritFrom: { file: await readFile(task.inherit.path), weights: task.inherit.weights },
    }),
  });

  const reporter = new Reporter(post, trainer.plan, trainer.step);
  const { history } = task;
  const watch = facts && history && new FindingWatch({ ...trainer.plan, spec, data: facts, history });
  reporter.found(watch?.start() ?? []);
  const events = trainer.run();
  steppedAt = performance.now();
  let next: ReturnType<typeof events.next>;
  try {
    for (next = events.next(); !next.done; next = events.next()) {
      const event = next.value;
      switch (event.type) {
        case 'metrics':
          reporter.found(watch?.add(event.rows) ?? []);
          reporter.add(event.rows);
          break;
        case 'progress':
          reporter.reached(event.step);
          break;
        case 'checkpoint':
          reporter.reached(event.step);
          reporter.flush();
          control.awaitRoom();
          steppedAt = performance.now(); // waiting was no part of a step
          post(event, [event.bytes.buffer]);
          break;
        default:
          throw new Error(`unknown event ${event satisfies never}`);
      }
    }
    reporter.reached(next.value.step);
    const result = describeFinished(next.value, prepared.preparation);
    if (result.type === 'finished') {
      const { reason, metrics } = result;
      reporter.found(watch?.end(trainer.step, { error: null, reason, metrics }) ?? []);
    }
    return result;
  } catch (error) {
    const ending = { error: toRunError(error), reason: 'failed', metrics: null } as const;
    reporter.found(watch?.end(trainer.step, ending) ?? []);
    throw error;
  } finally {
    reporter.flush(); // of a failed run too: its metrics show what led there
  }
}
