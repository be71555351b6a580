/** Loss and metrics of one split under the present weights. It touches nothing that training continues from. */
import { firstRow, type SplitName } from './data.js';
import { lossOf } from './losses/index.js';
import type { Machine } from './machine.js';
import { type Average, averaged, averages, countsOf } from './metrics/classification-metric.js';
import { ConfusionMatrix } from './metrics/confusion-matrix.js';
import { classF1 } from './metrics/f1.js';
import { classificationMetrics, type MetricName, regressionMetrics } from './metrics/index.js';
import { classPrecision } from './metrics/precision.js';
import { classRecall } from './metrics/recall.js';
import { RegressionSums } from './metrics/regression-sums.js';
import { nonFiniteError } from './non-finite.js';
import type { Plan } from './plan.js';

export interface ClassMetrics {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Rows of the class. */
  readonly support: number;
}

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
  metrics(): Omit<SplitMetrics, 'rows' | 'values'> & { values: Record<string, number> };
}

export interface EvaluateOptions {
  /** Updates done, for what an error says. */
  readonly step: number;
  readonly scale?: MetricScale | undefined;
}

/** Throws `non_finite` where the loss is not. */
export function evaluate(
  machine: Machine,
  plan: Plan,
  name: SplitName,
  { step, scale }: EvaluateOptions,
): SplitMetrics {
  const { memory, programs } = machine;
  const { addresses, evaluationRows, shape, spec, width } = plan;
  const rows = shape.rows[name];
  const first = firstRow(name, shape);
  const columns = lossOf(spec.loss).targets === 'classes' ? 1 : width;
  const collector = shape.task === 'classification' ? classification(machine, plan) : regression(machine, plan, scale);
  let lossSum = 0;
  for (let done = 0; done < rows; done += evaluationRows) {
    const batchRows = Math.min(evaluationRows, rows - done);
    const program = programs.evaluation.get(batchRows)!;
    for (let row = 0; row < batchRows; row++) memory.i32[addresses.batchRows / 4 + row] = first + done + row;
    memory.f64[addresses.lossSum / 8] = 0;
    program.run();
    lossSum += memory.f64[addresses.lossSum / 8]!;
    if (!Number.isFinite(lossSum))
      throw nonFiniteError(machine, plan, { what: `${name} loss`, program, step, updates: step });
    for (let row = 0; row < batchRows; row++) {
      collector.add(program.output / 4 + row * width, addresses.targets / 4 + (first + done + row) * columns);
    }
  }
  const { values, ...details } = collector.metrics();
  return { rows, values: { loss: lossSum / rows, ...values }, ...details };
}

function classification({ memory }: Machine, { spec, shape, width }: Plan): Collector {
  const confusion = new ConfusionMatrix(shape.outputs);
  const targetIsClass = lossOf(spec.loss).targets === 'classes';
  return {
    add(prediction, target) {
      const actual = targetIsClass ? memory.i32[target]! : memory.f32[target]!;
      confusion.add(actual, width === 1 ? Number(memory.f32[prediction]! > 0) : largest(memory.f32, prediction, width));
    },
    metrics() {
      const plain = Object.entries(classificationMetrics).map(([name, metric]) => [name, metric(confusion)] as const);
      const scores = { precision: classPrecision, recall: classRecall, f1: classF1 };
      const means = Object.entries(scores).flatMap(([name, score]) =>
        averages.map((average: Average) => [`${name}.${average}`, averaged(score, average, confusion)] as const),
      );
      const classes = Array.from({ length: confusion.classes }, (_, index) => {
        const counts = countsOf(confusion, index);
        return {
          precision: classPrecision(counts),
          recall: classRecall(counts),
          f1: classF1(counts),
          support: counts.support,
        };
      });
      return { values: Object.fromEntries([...plain, ...means]), confusion: confusion.toRows(), classes };
    },
  };
}

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
    metrics: () => ({
      values: Object.fromEntries(Object.entries(regressionMetrics).map(([name, metric]) => [name, metric(columns)])),
    }),
  };
}

/** Index of the largest of `count` values, the first of equals. */
function largest(values: Float32Array, start: number, count: number): number {
  let best = 0;
  for (let index = 1; index < count; index++) if (values[start + index]! > values[start + best]!) best = index;
  return best;
}
