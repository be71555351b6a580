/** Of the rows predicted to be of a class, the share that are. */
import { type ClassScore, plain, ratio } from './classification-metric.js';

export const classPrecision: ClassScore = ({ correct, predicted }) => ratio(correct, predicted);

export const precision = plain(classPrecision);
