/** What a spec must be beside its schema: parts that fit one another, and the data. */
import { askedMetrics } from './asked-metrics.js';
import { EngineError } from './errors.js';
import type { Graph } from './graph.js';
import { activationNames } from './layers/activation.js';
import { classWeightsOf, lossOf, type ResolvedLossSpec, takesProbabilities } from './losses/index.js';
import { maxRankedScores } from './metrics/class-scores.js';
import { metricNames, rankingMetricNames } from './metrics/index.js';
import type { NamedLayer } from './models/model.js';
import { type DataShape, hasTokenTargets } from './shape.js';
import type { ResolvedEngineSpec } from './spec.js';

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

/** What is measured of a model that tells tokens: their vocabulary is too large for the others. */
const tokenMetrics = ['accuracy', 'perplexity'] as const;

/** A metric that is not measured is a mistake that would only show when the run ends. */
export function checkMetrics(spec: ResolvedEngineSpec, { task, tokens, outputs, rows }: DataShape): void {
  const fits = rows.validation * outputs <= maxRankedScores;
  const known = (hasTokenTargets(tokens) ? tokenMetrics : metricNames[task]).filter(
    (name) => fits || !rankingMetricNames.some((ranking) => ranking === name),
  );
  const expected: readonly string[] = ['loss', ...known];
  for (const { path, name: got } of askedMetrics(spec)) {
    if (expected.includes(got)) continue;
    const reason = (metricNames[task] as readonly string[]).includes(got) ? 'measured on such data' : `of ${task}`;
    const message = `${path}: ${got} is no metric ${reason}, expected one of ${expected.join(', ')}`;
    throw new EngineError('invalid_spec', message, { path, expected, got });
  }
}

/** A stack of nothing but shapes and functions has no gradient to follow. */
export function checkLearns({ learntElements }: Graph): void {
  if (learntElements > 0) return;
  const [path, expected, got] = ['/model', 'a layer with parameters', 'none'];
  throw new EngineError('invalid_spec', `${path}: expected ${expected}, got ${got}`, { path, expected, got });
}

/**
 * Losses of classes have their own softmax or sigmoid: one more at the end of the model would blunt them. The one from
 * probabilities needs a sigmoid there.
 */
export function checkLogits(stack: readonly NamedLayer[], { loss }: ResolvedEngineSpec, { task }: DataShape): void {
  const last = stack.at(-1);
  if (task !== 'classification' || last === undefined) return;
  const { spec, name: layer, path } = last;
  const activation = 'activation' in spec && spec.activation !== 'identity' ? spec.activation : undefined;
  const found = activation ?? outputActivations.find((type) => type === spec.type);
  const wanted = takesProbabilities(loss) ? 'sigmoid' : undefined;
  if (found === wanted) return;
  const expected =
    wanted === undefined
      ? 'logits, the last layer without an activation'
      : 'a probability, the last layer with a sigmoid, as /loss/fromLogits is false';
  const got = found ?? 'no activation';
  throw new EngineError('invalid_spec', `${layer}: ${spec.type}: expected ${expected}, got ${got}`, {
    path,
    layer,
    expected,
    got,
  });
}
const outputActivations = [...activationNames, 'softmax', 'logSoftmax'] as const;

/** One weight a class, of which one at least counts; none where which tokens are told is drawn anew each time. */
export function checkClassWeights({ loss }: ResolvedEngineSpec, { tokens, outputs }: DataShape): void {
  const weights = classWeightsOf(loss);
  if (weights === null) return;
  const isMasked = tokens?.targets === 'masked';
  const fits = weights === 'balanced' || (weights.length === outputs && weights.some((weight) => weight > 0));
  if (fits && !isMasked) return;
  const path = '/loss/classWeights';
  const expected = isMasked ? 'null for masked tokens' : `${outputs} weights, one above 0`;
  const got = weights === 'balanced' ? weights : `[${weights.join(', ')}]`;
  throw new EngineError('invalid_spec', `${path}: expected ${expected}, got ${got}`, { path, expected, got });
}

/** Values a row that the model must put out. */
export function outputWidth(spec: ResolvedLossSpec, { task, tokens, outputs }: DataShape): number {
  const loss = lossOf(spec);
  const width = loss.width(outputs);
  const ofTokens = hasTokenTargets(tokens);
  if (loss.task === task && width !== null && !(ofTokens && loss.targets !== 'classes')) return width;
  const got = ofTokens ? 'tokens' : task === 'classification' ? `${outputs} classes` : 'regression';
  throw new EngineError('invalid_spec', `/loss: ${spec.type} cannot be used for ${got}`, {
    path: '/loss/type',
    expected: task === 'classification' ? 'crossEntropy' : 'mse',
    got: spec.type,
  });
}
