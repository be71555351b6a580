/**
 * Thread: trains one job. It reads the dataset and the checkpoint it is given, runs the engine, and posts what there is to
 * say; it touches no database, no queue and no network. Its pool ends it after the run.
 */
import { readFile } from 'node:fs/promises';
import { openDataset } from '../src/data/stored-dataset.js';
import { chooseKernels, createTrainer } from '../src/engine/index.js';
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
    return failed(error);
  } finally {
    task.port.close();
  }
}

/** Told here, since an error's code is lost on the way out of a thread. Throws what is not the job's own fault. */
function failed(error: unknown, trainingRows?: Int32Array): TrainResult {
  const runError = toRunError(error, trainingRows);
  if (!isRunsOwnFault(runError)) throw error;
  return { type: 'failed', error: runError };
}

async function run({ spec, port, ...task }: TrainTask): Promise<TrainResult> {
  const startedAt = performance.now();
  const control = new Control(task.control);
  const deadline = startedAt + 1000 * (task.secondsLeft ?? Number.POSITIVE_INFINITY);
  const isLate = () => performance.now() >= deadline;
  const post = (message: TrainMessage, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);
  const dataset = openDataset(task.datasetPath);
  const prepared = prepareTrainingData(dataset, spec, { ...task.rowStore, onProgress: () => control.beat(0) });
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

  const reporter = new Reporter(post, trainer.plan, trainer);
  const events = trainer.run();
  steppedAt = performance.now();
  let next: ReturnType<typeof events.next>;
  try {
    for (next = events.next(); !next.done; next = events.next()) {
      const event = next.value;
      switch (event.type) {
        case 'metrics':
          reporter.add(event.rows);
          break;
        case 'progress':
          reporter.reached(event.step);
          break;
        case 'rollback':
          reporter.startSegment();
          post(event);
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
  } catch (error) {
    return failed(error, prepared.trainingRows);
  } finally {
    reporter.flush(); // of a failed run too: its metrics show what led there
  }
  return describeFinished(next.value, prepared.preparation);
}
