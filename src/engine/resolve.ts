/** Fills every default of an engine spec, those included that depend on the data or on what else the spec says. */
import { fillDefaults } from './defaults.js';
import { EngineError } from './errors.js';
import type { DataShape } from './shape.js';
import { defaultEpochs, EngineSpec, maxLoggedPoints, type ResolvedEngineSpec } from './spec.js';
import { countSteps } from './step-counts.js';

/** `spec` was checked against EngineSpec. Throws `invalid_spec` where two fields say the same thing in two ways. */
export function resolveEngineSpec(spec: EngineSpec, shape: Pick<DataShape, 'task' | 'rows'>): ResolvedEngineSpec {
  const loss = { type: shape.task === 'classification' ? 'crossEntropy' : 'mse' };
  // What the schemas' defaults leave open is closed below.
  const filled = fillDefaults(EngineSpec, { ...spec, loss: spec.loss ?? loss }) as ResolvedEngineSpec;
  const training = onlyOne('/training', filled.training, ['epochs', 'steps'], defaultEpochs);
  const { clipNorm, clipValue } = training;
  if (clipNorm !== null && clipValue !== null) {
    const [path, expected, got] = ['/training', 'one of clipNorm, clipValue', 'clipNorm and clipValue'];
    throw new EngineError('invalid_spec', `${path}: expected ${expected}, got ${got}`, { path, expected, got });
  }
  const everySteps = filled.logging.everySteps as number | 'auto';
  const { total } = countSteps({ training, optimizer: filled.optimizer }, shape);
  return {
    ...filled,
    training,
    evaluation: onlyOne('/evaluation', filled.evaluation, ['everyEpochs', 'everySteps'], 1),
    checkpoints: onlyOne('/checkpoints', filled.checkpoints, ['everyEpochs', 'everySteps', 'everySeconds'], 1),
    logging: { everySteps: everySteps === 'auto' ? Math.ceil(total / maxLoggedPoints) : everySteps },
  };
}

/** The section with exactly one of `fields`: the given one, or the first with the fallback. */
function onlyOne<Section extends object, Field extends keyof Section & string>(
  path: string,
  section: Section,
  fields: readonly [Field, ...Field[]],
  fallback: number,
): Section {
  const given = fields.filter((field) => section[field] !== undefined);
  if (given.length > 1) {
    const expected = `one of ${fields.join(', ')}`;
    const got = given.join(' and ');
    throw new EngineError('invalid_spec', `${path}: expected ${expected}, got ${got}`, { path, expected, got });
  }
  return given.length === 1 ? section : { ...section, [fields[0]]: fallback };
}
