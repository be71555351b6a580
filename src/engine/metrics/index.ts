/** Every metric, by task and by the name it has behind `validation.`; to add one: its file and its line here. */
import { accuracy } from './accuracy.js';
import { averagePrecision } from './average-precision.js';
import { brier } from './brier.js';
import type { ScoreMetric } from './class-scores.js';
import type { ClassificationMetric } from './classification-metric.js';
import { f1 } from './f1.js';
import { logLoss } from './log-loss.js';
import { mae } from './mae.js';
import { mse } from './mse.js';
import { perplexity } from './perplexity.js';
import { precision } from './precision.js';
import { r2 } from './r2.js';
import { recall } from './recall.js';
import type { RegressionMetric } from './regression-sums.js';
import { rmse } from './rmse.js';
import { rocAuc } from './roc-auc.js';
import { topKAccuracy } from './top-k-accuracy.js';

/** Of the classes chosen. */
export const choiceMetricNames = ['accuracy', 'precision', 'recall', 'f1'] as const;
/** Of the order that probabilities put the rows in: they keep every score. */
export const rankingMetricNames = ['rocAuc', 'averagePrecision'] as const;
/** Of probabilities. They cost as much as a small model itself: measured where they are asked for, and at the end. */
export const scoreMetricNames = [
  ...rankingMetricNames,
  'logLoss',
  'perplexity',
  'brier',
  'top3Accuracy',
  'top5Accuracy',
] as const;

export const metricNames = {
  classification: [...choiceMetricNames, ...scoreMetricNames],
  regression: ['mse', 'rmse', 'mae', 'r2'],
} as const;

export type ChoiceMetricName = (typeof choiceMetricNames)[number];
export type ScoreMetricName = (typeof scoreMetricNames)[number];
export type ClassificationMetricName = ChoiceMetricName | ScoreMetricName;
export type RegressionMetricName = (typeof metricNames.regression)[number];
export type MetricName = ClassificationMetricName | RegressionMetricName;

export const classificationMetrics: { readonly [Name in ChoiceMetricName]: ClassificationMetric } = {
  accuracy,
  precision,
  recall,
  f1,
};

export const scoreMetrics: { readonly [Name in ScoreMetricName]: ScoreMetric } = {
  rocAuc,
  averagePrecision,
  logLoss,
  perplexity,
  brier,
  top3Accuracy: topKAccuracy(3),
  top5Accuracy: topKAccuracy(5),
};

export const regressionMetrics: { readonly [Name in RegressionMetricName]: RegressionMetric } = { mse, rmse, mae, r2 };

/** Which way is better. */
export const metricModes: { readonly [Name in MetricName | 'loss']: 'min' | 'max' } = {
  loss: 'min',
  accuracy: 'max',
  precision: 'max',
  recall: 'max',
  f1: 'max',
  rocAuc: 'max',
  averagePrecision: 'max',
  logLoss: 'min',
  perplexity: 'min',
  brier: 'min',
  top3Accuracy: 'max',
  top5Accuracy: 'max',
  mse: 'min',
  rmse: 'min',
  mae: 'min',
  r2: 'max',
};
