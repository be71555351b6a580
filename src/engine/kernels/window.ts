/** A square window that slides over planes of [height, width]: what convolution and pooling have in common. */

export interface Window {
  /** Elements of its side. */
  readonly kernel: number;
  /** Elements it moves by. */
  readonly stride: number;
  /** Elements that every edge of the plane is widened by: zeros for convolution, nothing at all for pooling. */
  readonly padding: number;
}

/** Places the window has along an axis of `size` elements; below 1 where it does not fit. */
export const windowPlaces = (size: number, { kernel, stride, padding }: Window): number =>
  Math.floor((size + 2 * padding - kernel) / stride) + 1;
