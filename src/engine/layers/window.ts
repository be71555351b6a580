/** What the layers with a sliding window share: fields of their specs, and the rule for the output's shape. */
import { Type } from '#typebox';
import { EngineError } from '../errors.js';
import { type Window, windowPlaces } from '../kernels/window.js';
import type { Shape } from '../shape.js';

const side = { minimum: 1, maximum: 4096 };

export const kernelField = Type.Integer({ ...side, description: 'Side of the square window' });
export const strideField = (fallback: string) =>
  Type.Optional(Type.Integer({ ...side, description: `Elements the window moves by; ${fallback}` }));
export const paddingField = Type.Optional(
  Type.Integer({ minimum: 0, maximum: 4095, default: 0, description: 'Elements added at each edge; below kernel' }),
);

/** An image's axes; throws where the rows are no images. */
export function imageShape(type: string, shape: Shape): readonly [channels: number, height: number, width: number] {
  const [channels, height, width] = shape;
  if (shape.length === 3) return [channels!, height!, width!];
  const [expected, got] = ['[channels, height, width]', `[${shape.join(', ')}]`];
  throw new EngineError('invalid_spec', `${type}: expected rows of shape ${expected}, got ${got}`, { expected, got });
}

/** [channels, outHeight, outWidth]; throws where the window does not fit the image, or padding alone could fill it. */
export function windowedShape(type: string, window: Window, inputShape: Shape): readonly [number, number, number] {
  const [channels, height, width] = imageShape(type, inputShape);
  const { kernel, padding } = window;
  if (padding >= kernel) {
    const [expected, got] = [`padding below kernel ${kernel}`, `padding ${padding}`];
    throw new EngineError('invalid_spec', `${type}: expected ${expected}, got ${got}`, { expected, got });
  }
  const smallest = Math.min(height, width) + 2 * padding;
  if (kernel > smallest) {
    const [expected, got] = [`a kernel of at most ${smallest}`, `kernel ${kernel}`];
    const image = `[${inputShape.join(', ')}] with padding ${padding}`;
    throw new EngineError('invalid_spec', `${type}: expected ${expected} for ${image}, got ${got}`, { expected, got });
  }
  return [channels, windowPlaces(height, window), windowPlaces(width, window)];
}
