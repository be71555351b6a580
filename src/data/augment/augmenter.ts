/** Applies a job's augmentations to rows of its training split, one after the other. */
import { Draws, streamNumber } from '../../engine/index.js';
import type { RowKinds } from './augmentation.js';
import { type RowDomain, rowsOf } from './domain.js';
import { augmentationOf, type ResolvedAugmentation } from './index.js';

type Values = Float32Array | Int32Array;
type AnyRow = RowKinds[keyof RowKinds];
// A spec was held to the kind of rows when the job was accepted, and the domain says the same kind.
type Change = (spec: ResolvedAugmentation, row: AnyRow, draws: Draws) => void;
type Mix = (spec: ResolvedAugmentation, row: AnyRow, other: AnyRow, draws: Draws) => number;

export interface AugmenterOptions {
  domain: RowDomain;
  augmentations: readonly ResolvedAugmentation[];
  seed: number;
  /** Values of a row. */
  inputs: number;
}

/** A row of a batch, the place of the one that is to be mixed into it, and the draws that the mixing goes on with. */
export interface Mixture {
  readonly row: number;
  readonly partner: number;
  readonly draws: Draws;
}

export class Augmenter {
  readonly #options: AugmenterOptions;
  readonly #rowOf: (values: Values) => AnyRow;
  readonly #changes: readonly { spec: ResolvedAugmentation; index: number; apply: Change }[];
  readonly #mix: { spec: ResolvedAugmentation; index: number; apply: Mix } | null;

  constructor(options: AugmenterOptions) {
    const { augmentations, domain, inputs } = options;
    const entries = augmentations.map((spec, index) => ({ spec, index, ...augmentationOf(spec) }));
    this.#options = options;
    this.#rowOf = rowsOf(domain, inputs);
    this.#changes = entries.flatMap(({ spec, index, changes }) =>
      changes === undefined ? [] : [{ spec, index, apply: changes[domain.kind] as Change }],
    );
    const mixing = entries.find(({ mixes }) => mixes !== undefined);
    this.#mix = mixing ? { ...mixing, apply: mixing.mixes![domain.kind as keyof typeof mixing.mixes] as Mix } : null;
  }

  get mixes(): boolean {
    return this.#mix !== null;
  }

  /** Changes rows [rows, inputs] that stand at `places` of the training split, all but the mixing. */
  change(x: Values, places: Uint32Array, epoch: number): void {
    const { inputs } = this.#options;
    places.forEach((place, index) => {
      const row = this.#rowOf(x.subarray(index * inputs, (index + 1) * inputs));
      for (const { spec, index: number, apply } of this.#changes) {
        const draws = this.#draws(number, epoch, place);
        if (draws.uniform() < spec.probability) apply(spec, row, draws);
      }
    });
  }

  /** Which of the training split's `rows` rows is mixed into each of those at `places`, where one is this epoch. */
  mixtures(places: Uint32Array, { epoch, rows }: { epoch: number; rows: number }): Mixture[] {
    const { spec, index } = this.#mix!;
    return Array.from(places, (place, row) => {
      const draws = this.#draws(index, epoch, place);
      return draws.uniform() < spec.probability ? [{ row, partner: draws.integer(rows), draws }] : [];
    }).flat();
  }

  /** Mixes `other` into `x`, and returns the share that stays. */
  mix(x: Values, other: Values, draws: Draws): number {
    const { spec, apply } = this.#mix!;
    return apply(spec, this.#rowOf(x), this.#rowOf(other), draws);
  }

  #draws(index: number, epoch: number, place: number): Draws {
    return new Draws(this.#options.seed, streamNumber('augmentation', index), epoch, place);
  }
}
