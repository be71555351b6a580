/** Shapes of tensors, and of the data that a run is given. */

/** Without the batch, where a layer is asked: the shape of one row. */
export type Shape = readonly number[];

/** Number of elements. A double holds the product of any sizes a spec can name without overflow. */
export const elementsOf = (shape: Shape): number => shape.reduce((product, size) => product * size, 1);

/** What planning must know of the data. */
export interface DataShape {
  readonly task: 'classification' | 'regression';
  /** Values a row. */
  readonly inputs: number;
  /** Classes, or target columns. */
  readonly outputs: number;
  readonly rows: { readonly train: number; readonly validation: number; readonly test: number };
}
