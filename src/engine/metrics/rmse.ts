/** Root of the mean squared error, in units of the target. */
import { mse } from './mse.js';
import type { RegressionMetric } from './regression-sums.js';

export const rmse: RegressionMetric = (columns) => Math.sqrt(mse(columns));
