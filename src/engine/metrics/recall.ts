/** Of the rows of a class, the share predicted to be of it. */
import { type ClassScore, plain, ratio } from './classification-metric.js';

export const classRecall: ClassScore = ({ correct, support }) => ratio(correct, support);

export const recall = plain(classRecall);
