/** What rules look at: the spec, facts of the data as it was split, the series so far, and how the run ended. */
import type { SignalName } from '../engine/index.js';
import type { RunError } from '../errors.js';
import type { Float } from '../schemas/common.js';
import type { JobResult } from '../schemas/job.js';
import type { ResolvedJobSpec } from '../schemas/job-spec.js';
import type { DataFacts } from './data-facts.js';

/** Steps ascend. */
export interface Points {
  steps: readonly number[];
  values: readonly number[];
}

export interface Ending {
  /** What failed runs failed of. */
  error: RunError | null;
  reason: JobResult['reason'] | 'failed';
  /** Of the model, null of a failed run. */
  metrics: JobResult['metrics'] | null;
}

export interface Evidence {
  spec: ResolvedJobSpec;
  data: DataFacts;
  /** Learnt numbers of the model. */
  parameters: number;
  step: number;
  totalSteps: number;
  /** In the order of computing. */
  layers: readonly { name: string }[];
  series: ReadonlyMap<string, Points>;
  /** null while the run goes on. */
  ending: Ending | null;
}

const noPoints: Points = { steps: [], values: [] };

export const seriesOf = ({ series }: Pick<Evidence, 'series'>, name: string): Points => series.get(name) ?? noPoints;

/** The series of a signal, layer by layer in the order of computing. */
export function layersOf(
  { layers, series }: Pick<Evidence, 'layers' | 'series'>,
  signal: SignalName,
): { name: string; points: Points }[] {
  return layers.flatMap((layer) => {
    const name = `layers.${layer.name}.${signal}`;
    const points = series.get(name);
    return points ? [{ name, points }] : [];
  });
}

/** NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Values of a share of the series: (0.8, 1) is its last fifth. One value at least, where there are any. */
export function stretch({ values }: Points, from: number, to: number): readonly number[] {
  const start = Math.max(0, Math.min(Math.floor(from * values.length), values.length - 1));
  return values.slice(start, Math.max(start + 1, Math.ceil(to * values.length)));
}

/** The median of a series' second half: where a run has come to, whatever one batch does. */
export const settled = (points: Points): number => median(stretch(points, 0.5, 1));

/** Means over the tenths of a series; of fewer points than ten, the points. */
export function tenthsOf(points: Points): readonly number[] {
  const parts = Math.min(10, points.values.length);
  return Array.from({ length: parts }, (_, part) => mean(stretch(points, part / parts, (part + 1) / parts)));
}

/** How the training loss went. */
export interface LossCourse {
  /** Before anything was learnt. */
  first: number;
  /** Mean over the last tenth. */
  last: number;
  /** Share of the trivial model's loss that is gone, 0 where nothing was learnt; below 0: worse than that model. */
  learnt: number;
  tenths: readonly number[];
}

/** Points of a loss that tell more than noise. */
const leastPoints = 5;

/** null before there are enough points. */
export function courseOf({ series, data }: Pick<Evidence, 'series' | 'data'>): LossCourse | null {
  const points = seriesOf({ series }, 'train.loss');
  if (points.values.length < leastPoints) return null;
  const tenths = tenthsOf(points);
  const last = tenths.at(-1)!;
  return { first: points.values[0]!, last, learnt: 1 - last / data.baseline.train, tenths };
}

/** Of the validation loss, and what its mean over so many rows is known to: losses of rows deviate by about the trivial loss. */
export interface ValidationCourse {
  least: number;
  leastStep: number;
  /** Median of the last three. */
  last: number;
  noise: number;
}

/** null before two evaluations. */
export function validationOf({ series, data }: Pick<Evidence, 'series' | 'data'>): ValidationCourse | null {
  const { steps, values } = seriesOf({ series }, 'validation.loss');
  if (values.length < 2) return null;
  const least = values.reduce((least, value) => Math.min(least, value));
  return {
    least,
    leastStep: steps[values.indexOf(least)]!,
    last: median(values.slice(-3)),
    noise: data.baseline.validation / Math.sqrt(Math.max(1, data.rows.validation)),
  };
}

/** JSON's words for what it lacks, as numbers again. */
export const toNumber = (value: Float | undefined): number => (value === undefined ? Number.NaN : Number(value));
