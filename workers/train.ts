/**
 * Thread: trains one job. It reads the dataset and the checkpoint it is given, runs the engine, once or once a fold, and
 * posts what there is to say; it touches no database, no queue and no network. Its pool ends it after the run.
 */
import { readFile } from 'node:fs/promises';
import type { Preparation } from '../src/data/preparation.js';
import { openDataset } from '../src/data/stored-dataset.js';
import { chooseKernels, createTrainer, encodeModel, readHeader, type TrainInput } from '../src/engine/index.js';
import { describeData } from '../src/findings/data-facts.js';
import { FindingWatch } from '../src/findings/watch.js';
import { checkpointMetadata, findPreparation, readFolds } from '../src/run/checkpoint-metadata.js';
import {
  courseOf,
  describeFolds,
  errorOfJob,
  type Fit,
  findingOfJob,
  finishedFold,
  historyOfFit,
  nextFit,
  ofJob,
} from '../src/run/fits.js';
import { tuningOf } from '../src/run/initialized.js';
import { Control, type TrainMessage, type TrainResult, type TrainTask } from '../src/run/protocol.js';
import { Reporter } from '../src/run/reporter.js';
import { isRunsOwnFault, toRunError } from '../src/run/run-error.js';
import { prepareTrainingData } from '../src/run/training-data.js';
import { describeFinished } from '../src/run/training-result.js';
import { foldsOf } from '../src/schemas/dataset-spec.js';
import type { Finding } from '../src/schemas/finding.js';
import type { Origin } from '../src/store/tables.js';

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

async function run(task: TrainTask): Promise<TrainResult> {
  const { spec, resume, inherit, stopAt } = task;
  const control = new Control(task.control);
  const deadline = performance.now() + 1000 * (task.secondsLeft ?? Number.POSITIVE_INFINITY);
  const isLate = () => performance.now() >= deadline;
  const resumeFrom = resume === null ? undefined : await readFile(resume.path);
  const inherited = inherit === null ? undefined : await readFile(inherit.path);
  let start: Start = {
    ...(resumeFrom && { resumeFrom }),
    ...(inherit && inherited && startOf(task, inherited, inherit)),
  };
  const isFolded = foldsOf(spec.dataset) !== null;
  const file = resumeFrom ?? inherited;
  // Its own checkpoints prepare as those did whose weights were taken over.
  const source = task.initialized && file ? findPreparation(readHeader(file).metadata) : null;
  let fit = nextFit(spec, isFolded && file ? readFolds(readHeader(file).metadata) : []);
  for (;;) {
    const ended = await runFit(task, { fit, start, source, control, isLate });
    if ('failure' in ended) return { type: 'failed', error: ended.failure };
    const { outcome, preparation, isLast } = ended;
    if (outcome.reason === 'stopped') return { type: 'stopped' };
    const isFold = fit.fold !== null && outcome.reason !== 'cutShort';
    const folds = isFold ? [...fit.finished!, finishedFold(outcome)] : fit.finished;
    if (isLast) {
      const reason = fit.fold === null ? outcome.reason : 'cutShort';
      return describeFinished({ ...outcome, reason }, preparation, folds && describeFolds(folds));
    }
    fit = nextFit(spec, folds ?? []);
    // A stop that is asked for at a fold's last step finds its checkpoint written already.
    if (control.stop !== 'no' || fit.before.steps === stopAt?.step) return { type: 'stopped' };
    start = {};
  }
}

/** What the first fit goes on from. */
type Start = Pick<TrainInput, 'resumeFrom' | 'inheritFrom' | 'initializeFrom'>;

function startOf(
  { spec, initialized }: TrainTask,
  file: Buffer,
  { weights, model }: Pick<Origin, 'weights' | 'model'>,
): Pick<TrainInput, 'inheritFrom' | 'initializeFrom'> {
  if (weights !== 'named') return { inheritFrom: { file, weights } };
  const named = model === 'last' ? encodeModel(file, model) : file;
  return { initializeFrom: { ...spec.initialize!, file: named, except: initialized!.reinitialized } };
}

interface FitParts {
  fit: Fit;
  start: Start;
  /** As the weights that the job began with want it. */
  source: Preparation | null;
  control: Control;
  isLate: () => boolean;
}

async function runFit({ port, ...task }: TrainTask, { fit, start, source, control, isLate }: FitParts) {
  const { spec, fold, before } = fit;
  const post = (message: TrainMessage, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);
  const stored = openDataset(task.datasetPath);
  const onProgress = () => control.beat(0);
  const prepared = prepareTrainingData(stored, spec, { ...task.rowStore, onProgress, fold, source });
  // Of a cross-validated job the last fit is looked at, which makes the model.
  const history = fold === null ? task.history : null;
  const facts = history && describeData({ ...prepared, stored, spec, onProgress });
  stored.close();
  let steppedAt = performance.now();
  let isLast = fold === null;
  const trainer = await createTrainer({
    ...prepared,
    spec,
    kernels: chooseKernels(task.kernels).factory,
    threads: task.threads,
    ...(spec.initialize && task.initialized && { tuning: tuningOf(spec.initialize, task.initialized) }),
    metadata: checkpointMetadata(prepared.preparation, fit.finished),
    shouldStop: () => {
      const now = performance.now();
      control.beat(now - steppedAt);
      steppedAt = now;
      const request = before.steps + trainer.step === task.stopAt?.step ? task.stopAt.request : control.stop;
      if (request === 'finish' || (request === 'no' && isLate())) {
        isLast = true;
        return 'finish';
      }
      return request;
    },
    anyKernels: task.anyKernels,
    ...start,
  });

  const course = courseOf(fit, trainer.plan);
  const reporter = new Reporter(post, course, before.steps + trainer.step);
  // It sees the fit's own steps, and the spec that a patch is for: the job's.
  const watched = facts && history && { data: facts, history: historyOfFit(history, fit) };
  const watch = watched && new FindingWatch({ ...trainer.plan, spec: task.spec, ...watched });
  const tell = (findings: Finding[] = []) => reporter.found(findings.map((finding) => findingOfJob(finding, fit)));
  tell(watch?.start());
  const events = trainer.run();
  steppedAt = performance.now();
  let next: ReturnType<typeof events.next>;
  try {
    for (next = events.next(); !next.done; next = events.next()) {
      isLast ||= isLate() && next.value.type === 'checkpoint' && next.value.kind === 'final';
      tell(watch?.follow(next.value));
      const event = ofJob(next.value, fit, { isLast });
      switch (event.type) {
        case 'metrics':
          reporter.add(event.rows);
          break;
        case 'progress':
          reporter.reached(event.step);
          break;
        case 'rollback':
          reporter.flush();
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
    reporter.reached(before.steps + next.value.step);
    if (next.value.reason !== 'stopped') {
      const { reason, metrics } = describeFinished(next.value, prepared.preparation, null);
      tell(watch?.end(next.value.step, { error: null, reason, metrics }));
    }
  } catch (error) {
    const ofFit = toRunError(error, prepared.split?.train);
    tell(watch?.end(trainer.step, { error: ofFit, reason: 'failed', metrics: null }));
    const failure = errorOfJob(ofFit, fit);
    if (!isRunsOwnFault(failure)) throw error;
    return { failure };
  } finally {
    reporter.flush(); // of a failed run too: its metrics show what led there
  }
  return { outcome: next.value, preparation: prepared.preparation, isLast };
}
