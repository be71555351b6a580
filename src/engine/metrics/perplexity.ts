/** exp of the mean cross-entropy: between how many equally likely classes or tokens the model is in doubt. */
import type { ScoreMetric } from './class-scores.js';
import { logLoss } from './log-loss.js';

export const perplexityOf = (crossEntropy: number): number => Math.exp(crossEntropy);

export const perplexity: ScoreMetric = (scores) => perplexityOf(logLoss(scores));
