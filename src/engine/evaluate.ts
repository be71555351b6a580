/** Loss and metrics of one split under the present weights. It touches nothing that training continues from. */
import { type SplitName, splitNames } from './data.js';
import type { EngineError } from './errors.js';
import { lossOf, takesProbabilities } from './losses/index.js';
import type { Machine } from './machine.js';
import { ClassScores } from './metrics/class-scores.js';
import { ratio } from './metrics/classification-metric.js';
import { ConfusionMatrix } from './metrics/confusion-matrix.js';
import type { MetricName } from './metrics/index.js';
import { perplexityOf } from './metrics/perplexity.js';
import { RegressionSums } from './metrics/regression-sums.js';
import { type ClassMetrics, classificationReport, regressionReport } from './metrics/reports.js';
import { nonFiniteError } from './non-finite.js';
import type { Plan } from './plan.js';
import { addWeights } from './row-weights.js';
import type { RowSource } from './rows.js';
import { hasTokenTargets, targetsPerRow } from './shape.js';

export interface SplitMetrics {
  readonly rows: number;
  /** By name: `loss` and every metric of the task; for classification also `f1.macro`, `f1.micro`, `f1.weighted`, … */
  readonly values: { readonly loss: number; readonly [name: string]: number } & {
    readonly [Name in MetricName]?: number;
  };
  /** [actual][predicted], classification only */
  readonly confusion?: readonly (readonly number[])[];
  /** By class, classification only */
  readonly classes?: readonly ClassMetrics[];
}

/** How a target column was scaled: value = mean + deviation · trained value. Metrics are reported unscaled, losses are not. */
export interface MetricScale {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** What collects (target, prediction) pairs as the batches go by. */
interface Collector {
  /** A row's prediction begins at `prediction`, its target at `target`, both in 32-bit words. */
  add(prediction: number, target: number): void;
  /** `loss` is the mean over the split. */
  metrics(loss: number): Omit<SplitMetrics, 'rows' | 'values'> & { values: Record<string, number> };
}

export interface EvaluateOptions {
  readonly source: RowSource;
  /** Updates done, for what an error says. */
  readonly step: number;
  readonly scale?: MetricScale | undefined;
  /** Whether the metrics of probabilities are wanted too. */
  readonly scored: boolean;
}

/** Throws `non_finite` where the loss is not. */
export function evaluate(
  machine: Machine,
  plan: Plan,
  name: SplitName,
  { source, step, scale, scored }: EvaluateOptions,
): SplitMetrics {
  const { memory, programs } = machine;
  const { addresses, evaluationRows, shape, spec, width } = plan;
  const rows = shape.rows[name];
  const columns = lossOf(spec.loss).targets === 'classes' ? 1 : width;
  const perRow = targetsPerRow(shape);
  const collector = collectorFor(machine, plan, { scale, rows: scored ? rows : 0 });
  let [lossSum, weight] = [0, 0];
  let failure: EngineError | null = null;
  for (let done = 0; done < rows; done += evaluationRows) {
    const batchRows = Math.min(evaluationRows, rows - done);
    const program = programs.evaluation.get(batchRows)!;
    const places = addresses.batchRows / 4;
    source.ofBatch(name, { first: done, rows: batchRows });
    if (failure !== null) continue; // a feed is done with a measure only when all its batches were taken
    weight = addWeights(weight, { memory, plan, isTraining: false }, { places, rows: batchRows });
    memory.f64[addresses.lossSum / 8] = 0;
    memory.u32.set([splitNames.indexOf(name), done], addresses.maskDraw / 4);
    program.run();
    lossSum += memory.f64[addresses.lossSum / 8]!;
    if (!Number.isFinite(lossSum)) {
      failure = nonFiniteError(machine, plan, { what: `${name} loss`, program, step, updates: step });
      continue;
    }
    for (let target = 0; target < batchRows * perRow; target++) {
      collector.add(program.output / 4 + target * width, program.targets / 4 + target * columns);
    }
  }
  if (failure !== null) throw failure;
  const loss = ratio(lossSum, weight);
  const { values, ...details } = collector.metrics(loss);
  return { rows, values: { loss, ...values }, ...details };
}

/** `rows` are those whose probabilities are measured, 0 where they are not asked for. */
function collectorFor(
  machine: Machine,
  plan: Plan,
  { scale, rows }: { scale: MetricScale | undefined; rows: number },
): Collector {
  if (plan.shape.task === 'regression') return regression(machine, plan, scale);
  return hasTokenTargets(plan.shape.tokens) ? toldTokens(machine, plan) : classification(machine, plan, rows);
}

/** Of tokens only the share that is told rightly: a confusion matrix would be vocabulary by vocabulary. Negative targets count nothing. */
function toldTokens({ memory }: Machine, { width }: Plan): Collector {
  let [right, count] = [0, 0];
  return {
    add(prediction, target) {
      const token = memory.i32[target]!;
      if (token < 0) return;
      if (largest(memory.f32, prediction, width) === token) right++;
      count++;
    },
    metrics: (loss) => ({ values: { accuracy: ratio(right, count), perplexity: perplexityOf(loss) } }),
  };
}

function classification({ memory }: Machine, { spec, shape, width }: Plan, rows: number): Collector {
  const scores = rows > 0 ? new ClassScores(shape.outputs, rows) : null;
  const confusion = new ConfusionMatrix(shape.outputs);
  const isProbability = takesProbabilities(spec.loss);
  const logit = new Float32Array(1);
  const targetIsClass = lossOf(spec.loss).targets === 'classes';
  return {
    add(prediction, target) {
      const actual = targetIsClass ? memory.i32[target]! : memory.f32[target]!;
      if (isProbability) {
        logit[0] = logitOf(memory.f32[prediction]!);
        scores?.add(actual, logit, 0, 1);
        confusion.add(actual, Number(logit[0] > 0));
        return;
      }
      scores?.add(actual, memory.f32, prediction, width);
      confusion.add(actual, width === 1 ? Number(memory.f32[prediction]! > 0) : largest(memory.f32, prediction, width));
    },
    metrics: () => classificationReport(confusion, scores),
  };
}

/** log p − log(1 − p), no logarithm below −100: as the loss has them. */
const logitOf = (p: number) => Math.max(Math.log(p), -100) - Math.max(Math.log(1 - p), -100);

function regression({ memory }: Machine, { shape, width }: Plan, scale?: MetricScale): Collector {
  const columns = Array.from({ length: shape.outputs }, () => new RegressionSums());
  return {
    add(prediction, target) {
      for (let column = 0; column < width; column++) {
        const [mean, deviation] = [scale?.mean[column] ?? 0, scale?.deviation[column] ?? 1];
        const unscaled = (word: number) => mean + deviation * memory.f32[word]!;
        columns[column]!.add(unscaled(target + column), unscaled(prediction + column));
      }
    },
    metrics: () => regressionReport(columns),
  };
}

/** Index of the largest of `count` values, the first of equals. */
function largest(values: Float32Array, start: number, count: number): number {
  let best = 0;
  for (let index = 1; index < count; index++) if (values[start + index]! > values[start + best]!) best = index;
  return best;
}
