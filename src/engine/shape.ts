/** Shapes of tensors, and of the data that a run is given. */

/** Without the batch, where a layer is asked: the shape of one row. */
export type Shape = readonly number[];

/** Number of elements. A double holds the product of any sizes a spec can name without overflow. */
export const elementsOf = (shape: Shape): number => shape.reduce((product, size) => product * size, 1);

/** What planning must know of rows that are sequences of tokens, int32, instead of values. */
export interface TokenShape {
  readonly vocabulary: number;
  /** A target for each row, or one for each of its tokens. */
  readonly targets: 'row' | 'position';
  /** The token that fills up short rows, and that attention passes over; null where every row is full. */
  readonly padding: number | null;
}

/** What planning must know of the data. */
export interface DataShape {
  readonly task: 'classification' | 'regression';
  /** Values a row, or tokens. */
  readonly inputs: number;
  /** Where the inputs are tokens. */
  readonly tokens?: TokenShape;
  /** Classes, or target columns. */
  readonly outputs: number;
  readonly rows: { readonly train: number; readonly validation: number; readonly test: number };
}

/** What a layer on tokens computes for a row, in units of a row of values. */
export const positionsPerRow = ({ inputs, tokens }: Pick<DataShape, 'inputs' | 'tokens'>): number =>
  tokens === undefined ? 1 : inputs;

/** Classes to tell, or vectors of target columns. */
export const targetsPerRow = ({ inputs, tokens }: Pick<DataShape, 'inputs' | 'tokens'>): number =>
  tokens?.targets === 'position' ? inputs : 1;
