/** What a spec must be beside its schema: parts that fit one another, and the data. */
import { askedMetrics } from './asked-metrics.js';
import { EngineError } from './errors.js';
import type { Graph } from './graph.js';
import { activationNames } from './layers/activation.js';
import { classWeightsOf, lossOf, type ResolvedLossSpec } from './losses/index.js';
import { maxRankedScores } from './metrics/class-scores.js';
import { metricNames, rankingMetricNames } from './metrics/index.js';
import { modelOf } from './models/index.js';
import type { NamedLayer } from './models/model.js';
import { type DataShape, elementsOf, hasTokenTargets, windowsOf } from './shape.js';
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

/** What a model of tokens learns is what the data have. */
export function checkModel({ model }: ResolvedEngineSpec, { inputs, tokens }: DataShape): void {
  const { targets } = modelOf(model);
  if (targets === undefined || (tokens !== undefined && targets.includes(tokens.targets))) return;
  const path = '/model/type';
  const expected = `tokens with targets ${targets.join(' or ')}`;
  const got = tokens === undefined ? `rows of ${inputs} values` : `tokens with targets ${tokens.targets}`;
  throw new EngineError('invalid_spec', `${path}: ${model.type} takes ${expected}, got ${got}`, {
    path,
    expected,
    got,
  });
}

/** A text is cut into windows in one way, and its targets are its own tokens; only in a text can windows begin anywhere. */
export function checkStream({ training }: ResolvedEngineSpec, shape: DataShape): void {
  const stream = shape.tokens?.stream;
  if (stream === undefined) {
    if (training.sampling === 'epoch') return;
    const [path, expected, got] = ['/training/sampling', 'epoch, for rows that stand by themselves', training.sampling];
    throw new EngineError('invalid_spec', `${path}: expected ${expected}, got ${got}`, { path, expected, got });
  }
  const refuse = (what: string, expected: unknown, got: unknown): never => {
    throw new EngineError('invalid_data', `${what}, expected ${expected}, got ${got}`, { expected, got });
  };
  if (!hasTokenTargets(shape.tokens)) refuse('text: targets', 'position or masked', shape.tokens?.targets);
  for (const name of ['train', 'validation', 'test'] as const) {
    const windows = windowsOf(stream[name], shape);
    const what = `${name}: rows of ${stream[name]} tokens, ${shape.inputs} a row`;
    if (shape.rows[name] !== windows) refuse(what, windows, shape.rows[name]);
  }
}

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

/** Losses of classes have their own softmax or sigmoid: one more at the end of the model would blunt them. */
export function checkLogits(stack: readonly NamedLayer[], { task }: DataShape): void {
  const last = stack.at(-1);
  if (task !== 'classification' || last === undefined) return;
  const { spec, name: layer, path } = last;
  const activation = 'activation' in spec && spec.activation !== 'identity' ? spec.activation : undefined;
  const got = activation ?? outputActivations.find((type) => type === spec.type);
  if (got === undefined) return;
  const expected = 'logits, the last layer without an activation';
  throw new EngineError('invalid_spec', `${layer}: ${spec.type}: expected ${expected}, got ${got}`, {
    path,
    layer,
    expected,
    got,
  });
}
const outputActivations = [...activationNames, 'softmax'] as const;

/** One weight a class, of which one at least counts. */
export function checkClassWeights({ loss }: ResolvedEngineSpec, { outputs }: DataShape): void {
  const weights = classWeightsOf(loss);
  if (weights === null || weights === 'balanced') return;
  if (weights.length === outputs && weights.some((weight) => weight > 0)) return;
  const path = '/loss/classWeights';
  const [expected, got] = [`${outputs} weights, one above 0`, `[${weights.join(', ')}]`];
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

/**
 * Tokens go into an embedding, and nothing else does: read as numbers, or numbers as tokens, they would be nonsense, and
 * reach outside of the weights.
 */
export function checkTokens({ layers }: Graph, { inputs, tokens, outputs }: DataShape, width: number): void {
  layers.forEach(({ spec, name: layer, path }, index) => {
    const refuse = (expected: string, got: string): never => {
      const message = `${layer}: ${spec.type}: expected ${expected}, got ${got}`;
      throw new EngineError('invalid_spec', message, { path, layer, expected, got });
    };
    const takesTokens = tokens !== undefined && index === 0;
    const isEmbedding = spec.type === 'embedding';
    if (takesTokens && !isEmbedding) refuse('an embedding of the tokens', spec.type);
    if (isEmbedding && !takesTokens) refuse('rows of tokens', index === 0 ? `${inputs} values` : 'a layer’s output');
    if (spec.type === 'residual' && spec.layers.some(({ type }) => type === 'embedding')) {
      refuse('layers that take values', 'embedding');
    }
    if (isEmbedding && tokens !== undefined && spec.vocabulary < tokens.vocabulary) {
      refuse(`a vocabulary of at least ${tokens.vocabulary}`, String(spec.vocabulary));
    }
  });
  if (tokens === undefined) return;
  const { name: layer, path, outputShape } = layers.at(-1)!;
  const [what, wanted, given] = hasTokenTargets(tokens)
    ? ['the logits of each position', [inputs, outputs], outputShape]
    : ['the outputs of a row', [width], [elementsOf(outputShape)]];
  const [expected, got] = [wanted, given].map((shape) => `[${shape.join(', ')}]`);
  if (expected === got) return;
  const message = `${layer}: expected ${what}, ${expected}, got ${got}`;
  throw new EngineError('invalid_spec', message, { path, layer, expected, got });
}
