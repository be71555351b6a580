/** Whether something keeps the model from learning what the data hold, so that a bad loss says nothing about them. */
import type { Rule } from '../finding.js';
import { deadUnits } from './dead-units.js';
import { explodingGradients } from './exploding-gradients.js';
import { learningRateTooHigh } from './learning-rate-too-high.js';
import { learningRateTooLow } from './learning-rate-too-low.js';
import { saturatedUnits } from './saturated-units.js';
import { vanishingGradients } from './vanishing-gradients.js';

const causes: readonly Rule[] = [
  learningRateTooHigh,
  learningRateTooLow,
  explodingGradients,
  vanishingGradients,
  deadUnits,
  saturatedUnits,
];

export const hampered = (evidence: Parameters<Rule>[0]): boolean => causes.some((rule) => rule(evidence) !== null);
