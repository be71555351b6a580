/** What the augmentations of images share: pixels moved, and levels kept within bounds. */
import type { ImageRow } from './augmentation.js';

export const greatestLevel = 255;

export const clampLevel = (level: number): number => Math.max(0, Math.min(greatestLevel, level));

/** Gives each pixel the value of `from(before, y, x)`, where `before` is its channel as it was, [height, width]. */
export function redraw(
  { values, shape, before }: ImageRow,
  from: (channel: Float32Array, y: number, x: number) => number,
): void {
  const [channels, height, width] = shape;
  before.set(values);
  for (let c = 0; c < channels; c++) {
    const first = c * height * width;
    const channel = before.subarray(first, first + height * width);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) values[first + y * width + x] = from(channel, y, x);
    }
  }
}

/** The same for a box of pixels, top … bottom − 1 and left … right − 1 of every channel, without a copy of what was. */
export function fillBox({ values, shape }: ImageRow, box: Box, valueAt: (index: number) => number): void {
  const [channels, height, width] = shape;
  for (let c = 0; c < channels; c++) {
    for (let y = box.top; y < box.bottom; y++) {
      const line = (c * height + y) * width;
      for (let index = line + box.left; index < line + box.right; index++) values[index] = valueAt(index);
    }
  }
}

export interface Box {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** A box around a pixel, as much of it as is in the image. Of an even size there is one more above and to the left. */
export function boxAround(
  { shape: [, height, width] }: ImageRow,
  at: { y: number; x: number },
  size: { height: number; width: number },
): Box {
  const span = (centre: number, length: number, end: number): [number, number] => {
    const first = centre - Math.floor(length / 2);
    return [Math.max(0, first), Math.min(end, first + length)];
  };
  const [top, bottom] = span(at.y, size.height, height);
  const [left, right] = span(at.x, size.width, width);
  return { top, bottom, left, right };
}
