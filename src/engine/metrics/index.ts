/** Every metric, by task and by the name it has behind `validation.`; to add one: its file and its line here. */
import { accuracy } from './accuracy.js';
import type { ClassificationMetric } from './classification-metric.js';
import { f1 } from './f1.js';
import { mae } from './mae.js';
import { mse } from './mse.js';
import { precision } from './precision.js';
import { r2 } from './r2.js';
import { recall } from './recall.js';
import type { RegressionMetric } from './regression-sums.js';
import { rmse } from './rmse.js';

export const metricNames = {
  classification: ['accuracy', 'precision', 'recall', 'f1'],
  regression: ['mse', 'rmse', 'mae', 'r2'],
} as const;

export type ClassificationMetricName = (typeof metricNames.classification)[number];
export type RegressionMetricName = (typeof metricNames.regression)[number];
export type MetricName = ClassificationMetricName | RegressionMetricName;

export const classificationMetrics: { readonly [Name in ClassificationMetricName]: ClassificationMetric } = {
  accuracy,
  precision,
  recall,
  f1,
};

export const regressionMetrics: { readonly [Name in RegressionMetricName]: RegressionMetric } = { mse, rmse, mae, r2 };

/** Which way is better. */
export const metricModes: { readonly [Name in MetricName | 'loss']: 'min' | 'max' } = {
  loss: 'min',
  accuracy: 'max',
  precision: 'max',
  recall: 'max',
  f1: 'max',
  mse: 'min',
  rmse: 'min',
  mae: 'min',
  r2: 'max',
};
