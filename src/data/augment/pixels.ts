/** What the augmentations of images share: pixels moved, and levels kept within bounds. */
import type { ImageRow } from './augmentation.js';

export const greatestLevel = 255;

export const clampLevel = (level: number): number => Math.max(0, Math.min(greatestLevel, level));

/** Where the pixel comes from that is to stand in a line or column; −1 where none does. */
type From = (place: number) => number;

/** Moves whole lines and columns of every channel: pixel (y, x) comes from (fromY(y), fromX(x)), or is `fill`. */
export function rearrange(
  { values, shape, before }: ImageRow,
  { fromY, fromX, fill = 0 }: { fromY: From; fromX: From; fill?: number },
): void {
  const [channels, height, width] = shape;
  const ys = Int32Array.from({ length: height }, (_, y) => fromY(y));
  const xs = Int32Array.from({ length: width }, (_, x) => fromX(x));
  before.set(values);
  let at = 0;
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < height; y++) {
      const line = (c * height + ys[y]!) * width;
      for (let x = 0; x < width; x++) values[at++] = ys[y]! < 0 || xs[x]! < 0 ? fill : before[line + xs[x]!]!;
    }
  }
}

export const within = (place: number, length: number): number => (place >= 0 && place < length ? place : -1);
export const asItIs: From = (place) => place;

/** Writes a box of pixels, top … bottom − 1 and left … right − 1 of every channel. */
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
