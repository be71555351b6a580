/** What a spec must be beside its schema: parts that fit one another, and the data. */
import { EngineError } from './errors.js';
import { lossOf, type ResolvedLossSpec } from './losses/index.js';
import { metricNames } from './metrics/index.js';
import type { DataShape } from './shape.js';
import { type ResolvedEngineSpec, watchedName } from './spec.js';

/** Without a row to learn from there is nothing to plan. */
export function checkRows({ inputs, outputs, rows }: DataShape): void {
  if (rows.train >= 1 && inputs >= 1 && outputs >= 1) return;
  const got = { inputs, outputs, trainingRows: rows.train };
  throw new EngineError(
    'invalid_data',
    `expected at least one input, output and training row, got ${JSON.stringify(got)}`,
    {
      expected: 'at least 1 each',
      got,
    },
  );
}

/** A metric of the other task is a mistake that would only show when the run ends. */
export function checkMetrics({ evaluation, earlyStopping }: ResolvedEngineSpec, { task }: DataShape): void {
  const known: readonly string[] = ['loss', ...metricNames[task]];
  const check = (path: string, name: string) => {
    if (known.includes(name)) return;
    throw new EngineError(
      'invalid_spec',
      `${path}: ${name} is no metric of ${task}, expected one of ${known.join(', ')}`,
      {
        path,
        expected: known,
        got: name,
      },
    );
  };
  if (evaluation.metrics !== 'auto') {
    evaluation.metrics.forEach((name, index) => {
      check(`/evaluation/metrics/${index}`, name);
    });
  }
  check('/evaluation/best/metric', watchedName(evaluation.best.metric));
  if (earlyStopping.type === 'patience') check('/earlyStopping/metric', watchedName(earlyStopping.metric));
}

/** Values a row that the model must put out. */
export function outputWidth(spec: ResolvedLossSpec, { task, outputs }: DataShape): number {
  const loss = lossOf(spec);
  const width = loss.width(outputs);
  if (loss.task === task && width !== null) return width;
  const got = task === 'classification' ? `${outputs} classes` : 'regression';
  throw new EngineError('invalid_spec', `/loss: ${spec.type} cannot be used for ${got}`, {
    path: '/loss/type',
    expected: task === 'classification' ? 'crossEntropy' : 'mse',
    got: spec.type,
  });
}
