/** What must hold where rows are tokens: between model, data and layers. */
import { EngineError } from './errors.js';
import type { Graph } from './graph.js';
import { modelOf } from './models/index.js';
import { type DataShape, elementsOf, givesTargets, hasTokenTargets, windowsOf } from './shape.js';
import type { ResolvedEngineSpec } from './spec.js';

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

/** Where targets are among the inputs, they are told from the same vocabulary; and masked ones need to be told from the rest. */
export function checkTargets({ tokens, outputs }: DataShape): void {
  if (tokens === undefined) return;
  const refuse = (what: string, expected: unknown, got: unknown): never => {
    throw new EngineError('invalid_data', `${what}: expected ${expected}, got ${got}`, { expected, got });
  };
  const { vocabulary, targets, mask, padding } = tokens;
  if (vocabulary < 1) refuse('vocabulary', 'at least 1 token', vocabulary);
  if (givesTargets(tokens)) return;
  if (outputs !== vocabulary) refuse('outputs', `the vocabulary, ${vocabulary}`, outputs);
  if (targets !== 'masked') return;
  const { token = Number.NaN, firstOrdinary = Number.NaN } = mask ?? {};
  const isSpecial = (id: number) => Number.isInteger(id) && id >= 0 && id < firstOrdinary;
  if (isSpecial(token) && isSpecial(padding ?? 0) && firstOrdinary < vocabulary) return;
  refuse(
    'mask',
    `mask token and padding below the first ordinary token, that below ${vocabulary}`,
    JSON.stringify({ ...mask, padding }),
  );
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
  if (tokens.targets === 'position') checkCausal(layers);
  const { name: layer, path, outputShape } = layers.at(-1)!;
  const [what, wanted, given] = hasTokenTargets(tokens)
    ? ['the logits of each position', [inputs, outputs], outputShape]
    : ['the outputs of a row', [width], [elementsOf(outputShape)]];
  const [expected, got] = [wanted, given].map((shape) => `[${shape.join(', ')}]`);
  if (expected === got) return;
  const message = `${layer}: expected ${what}, ${expected}, got ${got}`;
  throw new EngineError('invalid_spec', message, { path, layer, expected, got });
}

/** Where the target is the next token, attention that looks ahead would see it. */
function checkCausal(layers: Graph['layers']): void {
  for (const { spec, name: layer, path } of layers) {
    const leaves = spec.type === 'residual' ? spec.layers : [spec];
    if (!leaves.some((leaf) => leaf.type === 'attention' && leaf.causal !== true)) continue;
    const [expected, got] = ['causal: true, as the next token is the target', 'causal: false'];
    throw new EngineError('invalid_spec', `${layer}: attention: expected ${expected}, got ${got}`, {
      path,
      layer,
      expected,
      got,
    });
  }
}
