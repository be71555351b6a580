/**
 * What a feed's thread writes: rows read from their source; those of training augmented, mixed and their targets with them;
 * images scaled at last, as predict scales them.
 */
import type { DataShape, RowWriter } from '../../engine/index.js';
import type { Augmenter } from '../augment/augmenter.js';
import type { RowDomain } from '../augment/domain.js';
import { scaleLevels } from '../images/images.js';
import type { RowReader, RowsTarget } from './source.js';

export interface WriterParts {
  reader: RowReader;
  /** null where rows are only read. */
  augmenter: Augmenter | null;
  domain: RowDomain;
  shape: DataShape;
  /** Whether targets of training are shares of classes. */
  softTargets: boolean;
}

export function rowWriter({ reader, augmenter, domain, shape, softTargets }: WriterParts): RowWriter {
  return (batch) => {
    const { split, places, epoch, x } = batch;
    if (augmenter === null || epoch === null) reader.read(split, places, batch);
    else writeTraining(places, epoch, batch, { reader, augmenter, shape, softTargets });
    if (domain.kind === 'image') scaleLevels(x as Float32Array, domain);
  };
}

type TrainingParts = Pick<WriterParts, 'reader' | 'shape' | 'softTargets'> & { augmenter: Augmenter };

function writeTraining(places: Uint32Array, epoch: number, to: RowsTarget, parts: TrainingParts): void {
  const { augmenter, shape } = parts;
  writeChanged(places, epoch, to, parts);
  if (!augmenter.mixes) return;
  const mixtures = augmenter.mixtures(places, { epoch, rows: shape.rows.train });
  const partners = Uint32Array.from(mixtures, ({ partner }) => partner);
  const columns = to.y.length / places.length;
  const others = {
    x: new Float32Array(partners.length * shape.inputs),
    y: new Float32Array(partners.length * columns),
  };
  writeChanged(partners, epoch, others, parts);
  mixtures.forEach(({ row, draws }, index) => {
    const kept = augmenter.mix(part(to.x, row, shape.inputs), part(others.x, index, shape.inputs), draws);
    const [target, other] = [part(to.y, row, columns), part(others.y, index, columns)];
    target.forEach((value, column) => {
      target[column] = kept * value + (1 - kept) * other[column]!;
    });
  });
}

const part = (values: RowsTarget['x'], row: number, width: number) => values.subarray(row * width, (row + 1) * width);

/** Rows of the training split as an epoch has them, before they are mixed. */
function writeChanged(places: Uint32Array, epoch: number, to: RowsTarget, parts: TrainingParts): void {
  const { reader, augmenter, shape, softTargets } = parts;
  const targets = softTargets ? new Int32Array(places.length) : to.y;
  reader.read('train', places, { x: to.x, y: targets });
  augmenter.change(to.x, places, epoch);
  if (!softTargets) return;
  to.y.fill(0);
  targets.forEach((index, row) => {
    to.y[row * shape.outputs + index] = 1;
  });
}
