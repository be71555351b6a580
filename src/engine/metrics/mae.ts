/** Mean absolute error, in units of the target. */
import { meanOverColumns, type RegressionMetric } from './regression-sums.js';

export const mae: RegressionMetric = (columns) => meanOverColumns(columns, (sums) => sums.absoluteErrors / sums.rows);
