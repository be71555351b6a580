/**
 * The thread's side of a feed: writes rows where the loop will look for them, those of a measure first since the loop
 * waits for them, then those of training as far ahead as the ring has room.
 */
import { checkValues, splitNames } from '../data.js';
import { EngineError, type EngineErrorDetails } from '../errors.js';
import { viewMemory } from '../memory.js';
import { placesPerRow, targetsPerRow } from '../shape.js';
import { stepRange } from '../step-counts.js';
import { orderLength, StepOrder } from '../step-order.js';
import { FeedChannel } from './channel.js';
import type { FeedTask, RowBatch, RowWriter } from './feed.js';
import { measuredBatches, placeOfBatch, placeOfStep } from './ring.js';

/** What went wrong: `details` where it was an EngineError. */
export interface FeedFailure {
  message: string;
  code?: string | undefined;
  details?: EngineErrorDetails;
}

/** Serves until the thread is ended from outside, or fails; the loop is told why. */
export function serveFeed(task: FeedTask, write: RowWriter): void {
  const channel = new FeedChannel(task.control);
  try {
    serve(task, channel, write);
  } catch (error) {
    const { message, code } = error as Error & { code?: string };
    const failure: FeedFailure = { message, code, ...(error instanceof EngineError && { details: error.details }) };
    task.port.postMessage(failure);
    channel.fail();
  }
}

function serve(task: FeedTask, channel: FeedChannel, write: RowWriter): never {
  const { ring, shape, steps, training } = task;
  const order = new Uint32Array(orderLength(shape, steps));
  const stepOrder = new StepOrder(order, { training, shape, steps });
  const measured = Uint32Array.from({ length: ring.measuredRows }, () => 0);
  const areaOf = areas(task);
  const writeRows = (batch: Omit<RowBatch, 'x' | 'y'>, place: number) => {
    const isTraining = batch.epoch !== null;
    const whole = { ...batch, ...areaOf(place, batch.places.length, isTraining) };
    write(whole);
    checkValues(batch.split, whole, shape, { shares: whole.y instanceof Float32Array && isTraining });
  };

  let step = task.firstStep;
  let [measure, batch] = [0, 0];
  for (;;) {
    const { moves, measures } = channel;
    if (measures !== measure) [measure, batch] = [measures, 0];
    const split = splitNames[channel.split]!;
    const first = batch * ring.measuredRows;
    if (measure > 0 && first < shape.rows[split] && channel.batchesBefore(batch) < measuredBatches) {
      const places = measured.subarray(0, Math.min(ring.measuredRows, shape.rows[split] - first));
      for (let row = 0; row < places.length; row++) places[row] = (first + row) * placesPerRow(shape);
      writeRows({ split, places, epoch: null }, placeOfBatch(ring, batch++));
      channel.batchWritten();
    } else if (step < steps.total && channel.stepsBefore(step) < ring.steps) {
      const from = stepOrder.firstOf(step);
      const places = order.subarray(from, from + stepRange(steps, step).rows);
      const epoch = Math.floor(step / steps.stepsPerEpoch);
      writeRows({ split: 'train', places, epoch }, placeOfStep(ring, step++));
      channel.stepWritten();
    } else {
      channel.sleep(moves);
    }
  }
}

/** The parts of the ring for rows from a place on. */
function areas({ memory, addresses, shape, targetColumns, targetsAreClasses, ring }: FeedTask) {
  const { f32, i32 } = viewMemory(memory);
  const { inputs, tokens, outputs } = shape;
  const columns = addresses.targets === 0 ? 0 : targetColumns * targetsPerRow(shape);
  return (place: number, rows: number, isTraining: boolean): Pick<RowBatch, 'x' | 'y'> => {
    const part = <View extends Float32Array | Int32Array>(view: View, pointer: number, width: number) =>
      view.subarray(pointer / 4 + place * width, pointer / 4 + (place + rows) * width) as View;
    const x = part(tokens === undefined ? f32 : i32, addresses.inputs, inputs);
    if (isTraining && ring.softTargets) return { x, y: part(f32, addresses.softTargets, outputs) };
    return { x, y: part(targetsAreClasses ? i32 : f32, addresses.targets, columns) };
  };
}
