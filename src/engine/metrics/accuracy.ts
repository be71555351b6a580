/** Share of the rows whose class was predicted. */
import { type ClassificationMetric, ratio } from './classification-metric.js';

export const accuracy: ClassificationMetric = (confusion) => {
  let correct = 0;
  for (let index = 0; index < confusion.classes; index++) correct += confusion.correct(index);
  return ratio(correct, confusion.total());
};
