/** Harmonic mean of precision and recall: 2 · correct / (predicted + support). */
import { type ClassScore, plain, ratio } from './classification-metric.js';

export const classF1: ClassScore = ({ correct, predicted, support }) => ratio(2 * correct, predicted + support);

export const f1 = plain(classF1);
