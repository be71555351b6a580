/** What was predicted, held against what a model was trained on; computed in a process of its own (workers/drift.ts). */
import type { Measured } from '../../schemas/drift.js';
import { kolmogorovSmirnov, stabilityIndex, stabilityOfNumbers } from './measures.js';
import { type ColumnStatistics, merged, type Statistics } from './statistics.js';

export interface DriftTask {
  /** Of the recorded features. */
  features: { name: string; type: string }[];
  training: Statistics;
  /** Statistics as JSON texts. */
  bodies: string[];
  predicted: number;
}

/** Fewer rows differ from any others by chance: of 200, the index of ten bins is 0.05 ± 0.03 where nothing has changed. */
const leastRows = 200;
/** Of categories: the most frequent, and one of all others. */
const mostBins = 10;
const [driftingIndex, driftingMissing, driftingUnseen] = [0.25, 0.1, 0.05];
const mostUnseen = 10;

export function measureDrift({ features, training, bodies, predicted }: DriftTask): Measured {
  const parts = bodies.map((body) => JSON.parse(body) as Statistics);
  const sampled = parts.reduce((sum, { rows }) => sum + rows, 0);
  const described = features.map((feature, at) => {
    const now = merged(parts.map((part) => part.features[at]!));
    return { ...feature, ...compared(training.features[at]!, now) };
  });
  const { psi, ks } = distances(training.predictions, merged(parts.map((part) => part.predictions)));
  const predictions = { psi, ks, drifts: isFar(psi) };
  const drifts = predictions.drifts || described.some((feature) => feature.drifts);
  return {
    rows: { training: training.rows, predicted, sampled },
    verdict: sampled < leastRows ? 'tooFewRows' : drifts ? 'drift' : 'stable',
    features: described,
    predictions,
  };
}

const isFar = (psi: number | null): boolean => psi !== null && psi >= driftingIndex;

function compared(before: ColumnStatistics, now: ColumnStatistics) {
  const { psi, ks } = distances(before, now);
  const missing = { training: missingShare(before), predicted: missingShare(now) };
  const unseen = before.values && now.values ? unseenIn(now.values, before.values) : null;
  const drifts =
    isFar(psi) ||
    Math.abs(missing.training - missing.predicted) >= driftingMissing ||
    (unseen !== null && unseen.share >= driftingUnseen);
  return { psi, ks, missing, unseen, drifts };
}

/** null where one of the two has no values. */
function distances(before: ColumnStatistics, now: ColumnStatistics): { psi: number | null; ks: number | null } {
  if (before.values && now.values) {
    const frequent = before.values.toSorted(([, a], [, b]) => b - a).slice(0, mostBins - 1);
    const places = new Map(frequent.map(([value], place) => [value, place]));
    const counts = (values: [string, number][]) => {
      const bins = new Array<number>(places.size + 1).fill(0); // the last is of all others
      for (const [value, count] of values) bins[places.get(value) ?? places.size]! += count;
      return bins;
    };
    return { psi: stabilityIndex(counts(before.values), counts(now.values)), ks: null };
  }
  const [then, since] = [before.numbers ?? [], now.numbers ?? []];
  if (then.length === 0 || since.length === 0) return { psi: null, ks: null };
  return { psi: stabilityOfNumbers(then, since), ks: kolmogorovSmirnov(then, since) };
}

const missingShare = ({ missing, present }: ColumnStatistics): number =>
  missing === 0 ? 0 : missing / (missing + present);

function unseenIn(now: [string, number][], before: [string, number][]): { share: number; values: string[] } {
  const known = new Set(before.map(([value]) => value));
  const others = now.filter(([value]) => !known.has(value)).sort(([, a], [, b]) => b - a);
  const count = (values: [string, number][]) => values.reduce((sum, [, each]) => sum + each, 0);
  return { share: count(others) / count(now), values: others.slice(0, mostUnseen).map(([value]) => value) };
}
