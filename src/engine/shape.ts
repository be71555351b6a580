/** Shapes of tensors, and of the data that a run is given. */

/** Without the batch, where a layer is asked: the shape of one row. */
export type Shape = readonly number[];

/** Number of elements. A double holds the product of any sizes a spec can name without overflow. */
export const elementsOf = (shape: Shape): number => shape.reduce((product, size) => product * size, 1);

/** What planning must know of rows that are sequences of tokens, int32, instead of values. */
export interface TokenShape {
  /** Tokens that there are: ids 0 … vocabulary − 1. */
  readonly vocabulary: number;
  /** A target for each row; the next token at each position (language model); or the tokens that were masked (masked language model). */
  readonly targets: 'row' | 'position' | 'masked';
  /** The token that fills up short rows, and that attention passes over; null where every row is full. */
  readonly padding: number | null;
  /** Where rows are windows of one long text a split: tokens of each split. Absent where rows stand by themselves. */
  readonly stream?: { readonly train: number; readonly validation: number; readonly test: number };
  /**
   * For `masked`: what stands for a masked token, and the first id that is an ordinary token: those below are special
   * (padding, class, mask), are never masked and never drawn as a random replacement.
   */
  readonly mask?: { readonly token: number; readonly firstOrdinary: number };
}

/** An input that is a code, 0 … vocabulary − 1, and becomes a vector that is learnt. */
export interface EmbeddedColumn {
  /** Its place in the row. */
  readonly column: number;
  readonly vocabulary: number;
  readonly width: number;
}

/** What planning must know of the data. */
export interface DataShape {
  readonly task: 'classification' | 'regression';
  /** Values a row, or tokens. */
  readonly inputs: number;
  /** Where the inputs are tokens. */
  readonly tokens?: TokenShape;
  /** Inputs that are codes, in their order; the model takes their vectors in their place. Left out where there are none. */
  readonly embedded?: readonly EmbeddedColumn[];
  /** Classes, or target columns. */
  readonly outputs: number;
  /** Of each split; of a text the windows that do not overlap, of which each has all its targets. */
  readonly rows: { readonly train: number; readonly validation: number; readonly test: number };
}

type RowShape = Pick<DataShape, 'inputs'> & { readonly tokens?: TokenShape | undefined };

/** What a layer on tokens computes for a row, in units of a row of values. */
export const positionsPerRow = ({ inputs, tokens }: RowShape): number => (tokens === undefined ? 1 : inputs);

/** Classes to tell, or vectors of target columns. */
export const targetsPerRow = ({ inputs, tokens }: RowShape): number => (hasTokenTargets(tokens) ? inputs : 1);

/** Whether what is learnt is tokens, at each position or at those that were masked. */
export const hasTokenTargets = (tokens: TokenShape | undefined): boolean =>
  tokens !== undefined && tokens.targets !== 'row';

/** Whether targets stand beside the rows: those of a text, and those that are masked, are among its own tokens. */
export const givesTargets = (tokens: TokenShape | undefined): boolean =>
  tokens?.stream === undefined && tokens?.targets !== 'masked';

/**
 * Places at which a row can begin, from one row to the next: one where rows stand by themselves, one a token in a text.
 * Places are what `gatherRows` takes for indices; inputs and targets have their elements of a row divided by this for stride.
 */
export const placesPerRow = ({ inputs, tokens }: RowShape): number => (tokens?.stream === undefined ? 1 : inputs);

/** Places at which a window of the training text can begin. */
export const placesInText = ({ inputs, tokens }: RowShape): number =>
  tokens!.stream!.train - inputs + Number(tokens!.targets !== 'position');

/** Windows of `inputs` tokens in a text, side by side. The last token of a text is no input where the next one is the target. */
export const windowsOf = (length: number, { inputs, tokens }: RowShape): number =>
  Math.max(0, Math.floor((length - Number(tokens?.targets === 'position')) / inputs));

/** The same rows each by itself, as a feed writes them: windows of a text too. */
export function standAlone({ tokens, ...shape }: DataShape): DataShape {
  if (tokens === undefined) return shape;
  const { stream: _, ...alone } = tokens;
  return { ...shape, tokens: alone };
}
