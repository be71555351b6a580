/** Rows that stand encoded in memory, split by split. */
import { type DataShape, type Split, splitNames, type TrainingData } from '../../engine/index.js';
import type { RowReader } from './source.js';

export interface ArraysSource {
  kind: 'arrays';
  /** Over shared memory. */
  data: TrainingData;
}

/** Copies the splits to memory that threads share. */
export function arraysSource(data: TrainingData): ArraysSource {
  const shareSplit = ({ rows, x, y }: Split): Split => ({ rows, x: shared(x), y: shared(y) });
  const [train, validation, test] = splitNames.map((name) => shareSplit(data[name])) as [Split, Split, Split];
  return { kind: 'arrays', data: { train, validation, test } };
}

/** A copy that threads share. */
export function shared<Values extends Float32Array | Int32Array | Uint8Array>(values: Values): Values {
  const copy = new (values.constructor as new (buffer: SharedArrayBuffer) => Values)(
    new SharedArrayBuffer(values.byteLength),
  );
  copy.set(values);
  return copy;
}

export function arraysReader({ data }: ArraysSource, { inputs, tokens }: DataShape): RowReader {
  const isText = tokens?.stream !== undefined;
  return {
    read(split, places, to) {
      const { x, y } = data[split];
      const columns = to.y.length / places.length;
      places.forEach((place, row) => {
        const first = isText ? place : place * inputs;
        to.x.set(x.subarray(first, first + inputs), row * inputs);
        // of a text the targets are its tokens from the next one on
        const targets = isText ? x.subarray(first + 1) : y.subarray(place * columns);
        to.y.set(targets.subarray(0, columns), row * columns);
      });
    },
  };
}
