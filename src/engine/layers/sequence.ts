/** What the layers on sequences ask of their input. */
import { EngineError } from '../errors.js';
import type { Shape } from '../shape.js';

/** [time, width]; throws where the rows are no sequences of vectors. */
export function sequenceShape(type: string, shape: Shape): readonly [time: number, width: number] {
  const [time, width] = shape;
  if (shape.length === 2) return [time!, width!];
  const [expected, got] = ['[time, width]', `[${shape.join(', ')}]`];
  throw new EngineError('invalid_spec', `${type}: expected rows of shape ${expected}, got ${got}`, { expected, got });
}
