/**
 * The loss of the trivial model, which gives one answer to all: what a model must get below before it has learnt anything.
 * Its answer is the best for the targets of train; on validation it is measured.
 */
import { moments } from '../data/features/statistics.js';
import { countClasses, type SplitName, type TrainingData } from '../engine/index.js';
import type { ResolvedJobSpec } from '../schemas/job-spec.js';
import { median } from './evidence.js';

type Baseline = Record<'train' | 'validation', number>;
type LossSpec = ResolvedJobSpec['loss'];

/** Cross-entropy −Σ p ln q of the classes' shares, weighted and smoothed as the loss has it. */
export function classBaseline(counts: Record<keyof Baseline, readonly number[]>, loss: LossSpec): Baseline {
  const weights = weightsOf(counts.train, loss);
  const smoothing = 'labelSmoothing' in loss ? loss.labelSmoothing : 0;
  const shares = (of: readonly number[]) => {
    const weighted = of.map((count, index) => count * weights[index]!);
    const sum = weighted.reduce((total, count) => total + count, 0);
    return weighted.map((count) => ((1 - smoothing) * count) / Math.max(sum, 1e-300) + smoothing / of.length);
  };
  const answer = shares(counts.train);
  const crossEntropy = (of: readonly number[]) =>
    shares(of).reduce(
      (sum, share, index) => (share > 0 ? sum - share * Math.log(Math.max(answer[index]!, 1e-9)) : sum),
      0,
    );
  return { train: crossEntropy(counts.train), validation: crossEntropy(counts.validation) };
}

function weightsOf(counts: readonly number[], loss: LossSpec): readonly number[] {
  const weights = 'classWeights' in loss ? loss.classWeights : null;
  if (weights === 'balanced') return counts.map((count) => 1 / Math.max(count, 1));
  return weights ?? counts.map(() => 1);
}

/** Of quantities as the model learns them: (value − mean) / deviation of train. */
export function quantityBaseline(parts: Record<keyof Baseline, Float64Array>, loss: LossSpec): Baseline {
  const { mean, deviation } = moments(parts.train);
  const scaled = (values: Float64Array) => Array.from(values, (value) => (value - mean) / deviation);
  const answer = loss.type === 'mae' ? median(scaled(parts.train)) : 0;
  const lossOf = (values: Float64Array) =>
    scaled(values).reduce((sum, value) => sum + errorOf(value - answer, loss), 0) / Math.max(values.length, 1);
  return { train: lossOf(parts.train), validation: lossOf(parts.validation) };
}

function errorOf(difference: number, loss: LossSpec): number {
  const size = Math.abs(difference);
  if (loss.type === 'mae') return size;
  if (loss.type !== 'huber') return size ** 2;
  return size <= loss.delta ? size ** 2 / 2 : loss.delta * (size - loss.delta / 2);
}

/** Entropy of single tokens; of a text that does not stand in memory, that of tokens which are all as frequent. */
export function tokenBaseline(vocabulary: number, data: TrainingData | null): Baseline {
  if (data === null) return { train: Math.log(vocabulary), validation: Math.log(vocabulary) };
  const counts = (of: SplitName) => countClasses(data[of].x, vocabulary);
  const [train, validation] = [counts('train').map((count) => count + 1), counts('validation')];
  const loss = { type: 'crossEntropy', labelSmoothing: 0, classWeights: null } as const;
  return classBaseline({ train, validation }, loss);
}
