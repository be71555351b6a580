/** The metrics that a spec names: to be reported, or to steer by. */
import { type MetricName, scoreMetricNames } from './metrics/index.js';
import { watchedName } from './metrics/watched.js';
import type { ResolvedEngineSpec } from './spec.js';

export interface AskedMetric {
  /** JSON pointer to where it is named. */
  readonly path: string;
  readonly name: MetricName | 'loss';
}

export function askedMetrics({ evaluation, earlyStopping, schedule }: ResolvedEngineSpec): AskedMetric[] {
  const { metrics, best } = evaluation;
  const reported = metrics === 'auto' ? [] : metrics;
  const asked: AskedMetric[] = reported.map((name, index) => ({ path: `/evaluation/metrics/${index}`, name }));
  asked.push({ path: '/evaluation/best/metric', name: watchedName(best.metric) });
  if (schedule.type === 'plateau') asked.push({ path: '/schedule/metric', name: watchedName(schedule.metric) });
  if (earlyStopping.type === 'patience') {
    asked.push({ path: '/earlyStopping/metric', name: watchedName(earlyStopping.metric) });
  }
  return asked;
}

/** Whether probabilities must be looked at, and not only the classes chosen. */
export const asksForScores = (spec: ResolvedEngineSpec): boolean =>
  askedMetrics(spec).some(({ name }) => scoreMetricNames.some((scored) => scored === name));
