/** Mean squared error, in squared units of the target. */
import { meanOverColumns, type RegressionMetric } from './regression-sums.js';

export const mse: RegressionMetric = (columns) => meanOverColumns(columns, (sums) => sums.squaredErrors / sums.rows);
