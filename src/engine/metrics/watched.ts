/** What training can be steered by: a metric of the validation split. */
import { type MetricName, metricNames } from './index.js';

const names = [...metricNames.classification, ...metricNames.regression] as const;

export const watchedMetrics = ['validation.loss', ...names.map((name) => `validation.${name}` as const)] as const;
export type WatchedMetric = (typeof watchedMetrics)[number];

/** The metric's name without its split. */
export const watchedName = (metric: WatchedMetric) => metric.slice('validation.'.length) as MetricName | 'loss';

/** Which way is better. */
export const modes = ['auto', 'min', 'max'] as const;
