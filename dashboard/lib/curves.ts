/** What the charts of a job show: one a metric, with a curve for each split, and of folds for each split of each. */
import { shortId } from './format.js';
import { nameParts, type Series, type SeriesByName, secondsAt, smooth } from './series.js';

export interface Curve {
  name: string;
  x: number[];
  /** Null where there is nothing to draw. */
  y: (number | null)[];
  /** Custom property of the style sheet. */
  colour: string;
  /** Behind the others: what a smoothed curve was made of. */
  faint: boolean;
}

export interface CurveSettings {
  log: boolean;
  /** β of the moving average of the training curves, from 0. */
  smoothing: number;
  by: 'step' | 'time';
}

const clockSeries = 'run.seconds';

/** Names of the metrics that have a chart: the loss first, then in the order of the alphabet. */
export function chartedMetrics(series: SeriesByName): string[] {
  const names = new Set<string>();
  for (const name of series.keys()) {
    const { split, metric } = nameParts(name);
    if (split in colours) names.add(metric);
  }
  return [...names].sort((a, b) => Number(b === 'loss') - Number(a === 'loss') || a.localeCompare(b));
}

const colours: Record<string, string> = { train: '--curve-1', validation: '--curve-2', test: '--curve-3' };

/** The series of one metric: of training first, and folds in their order. */
function seriesOf(series: SeriesByName, metric: string): { name: string; split: string; points: Series }[] {
  const there = [...series].map(([name, points]) => ({ name, points, ...nameParts(name) }));
  return Object.keys(colours).flatMap((split) =>
    there
      .filter((each) => each.metric === metric && each.split === split)
      .sort((a, b) => a.fold.localeCompare(b.fold, 'en', { numeric: true })),
  );
}

export function curvesOf(series: SeriesByName, metric: string, { log, smoothing, by }: CurveSettings): Curve[] {
  const clock = series.get(clockSeries);
  return seriesOf(series, metric).flatMap(({ name, split, points }) => {
    const colour = colours[split]!;
    const x = by === 'time' && clock ? secondsAt(clock, points.steps) : points.steps;
    const drawn = (values: number[]) =>
      values.map((value) => (Number.isFinite(value) && (!log || value > 0) ? value : null));
    const curve = { name, x, colour, faint: false, y: drawn(points.values) };
    if (split !== 'train' || smoothing === 0) return [curve];
    return [
      { ...curve, name: `${name}, each`, faint: true },
      { ...curve, y: drawn(smooth(points.values, smoothing)) },
    ];
  });
}

/** The first step at which a value is not finite; null where all are. */
export function firstNonFinite(series: SeriesByName, metric: string): number | null {
  const steps = seriesOf(series, metric).flatMap(({ points }) => {
    const at = points.values.findIndex((value) => !Number.isFinite(value));
    return at < 0 ? [] : [points.steps[at]!];
  });
  return steps.length ? Math.min(...steps) : null;
}

const jobColours = ['--curve-1', '--curve-2', '--curve-3', '--curve-4', '--curve-5', '--curve-6'];

export interface ComparedSeries {
  axis: number[];
  /** [job][place of the axis] */
  values: (number | string | null)[][];
  log: boolean;
}

/** One metric of several jobs. */
export function comparedCurves(jobs: readonly { id: string; name: string }[], series: ComparedSeries): Curve[] {
  const { axis, values, log } = series;
  return jobs.map(({ id, name }, i) => ({
    name: `${name} ${shortId(id)}`,
    x: axis,
    y: values[i]!.map((value) => (typeof value === 'number' && (!log || value > 0) ? value : null)),
    colour: jobColours[i % jobColours.length]!,
    faint: false,
  }));
}
