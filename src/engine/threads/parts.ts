/**
 * How the arguments of a call are cut into parts: by elements, by rows of a matrix, by rows of a batch, by planes. A cut follows
 * from the shape alone.
 */

export const F32_BYTES = 4;
const MAX_PARTS = 8;
/** Fewer, where each part needs a workspace. */
const MAX_BATCH_PARTS = 4;
/** Elements that make a part of what memory binds worth handing over. */
export const PART_ELEMENTS = 16_384;
/** Parts begin on cache lines, so that no two threads write to one, and on whole blocks of random numbers. */
const ALIGN = 16;

/** The arguments of each part; fewer than two: leave the call whole. */
export type Cut = (args: readonly number[]) => number[][];

/** Parts that `count` is cut into: a power of two, so that any number of threads has alike. More of `count` never are fewer. */
const partsOf = (count: number, most: number, align: number): number =>
  2 ** Math.floor(Math.log2(Math.max(1, Math.min(MAX_PARTS, most, Math.floor(count / align)))));

/** [start, length] of each of the parts that `count` is cut into. Where the length is rounded up, the last may be left out. */
export function spans(count: number, most: number, align = ALIGN): [number, number][] {
  const parts = partsOf(count, most, align);
  const length = Math.ceil(count / parts / align) * align;
  const starts = Array.from({ length: Math.ceil(count / length) }, (_, index) => index * length);
  return starts.map((start) => [start, Math.min(length, count - start)]);
}

/** `args` with what stands at some positions replaced. */
export function replaced(
  args: readonly number[],
  changes: readonly (readonly [position: number, value: number])[],
): number[] {
  const copy = [...args];
  for (const [position, value] of changes) copy[position] = value;
  return copy;
}

export const moved = (args: readonly number[], positions: readonly number[], elements: number) =>
  positions.map((position) => [position, args[position]! + elements * F32_BYTES] as const);

/** 0 stands for a buffer that is not there. */
export const isBuffer = (args: readonly number[]) => (position: number) => args[position] !== 0;

/** (n, …): n elements of the buffers at `positions`. */
export const elements =
  (...positions: number[]): Cut =>
  (args) =>
    spans(args[0]!, args[0]! / PART_ELEMENTS).map(([start, count]) =>
      replaced(args, [[0, count], ...moved(args, positions.filter(isBuffer(args)), start)]),
    );

/** At most so many parts is a matrix of `cols` columns cut into by rows: each needs a place of its own for what it sums over rows. */
export const rowParts = (rows: number, cols: number): number => partsOf(rows, (rows * cols) / PART_ELEMENTS, ALIGN);

/** (rows, cols, …): rows of the buffers at `positions`, single elements a row at `perRow`, and the part's own [cols] at `sums`. */
export const rows =
  (positions: readonly number[], { perRow = [], sums = [] }: { perRow?: number[]; sums?: number[] } = {}): Cut =>
  (args) => {
    const [count, cols] = [args[0]!, args[1]!];
    return spans(count, (count * cols) / PART_ELEMENTS).map(([start, length], part) =>
      replaced(args, [
        [0, length],
        ...moved(args, positions, start * cols),
        ...moved(args, perRow, start),
        ...moved(args, sums, part * cols),
      ]),
    );
  };

/**
 * At most so many parts are the images or sequences of a batch cut into: each needs a workspace of its own, which the layer
 * reserves, and a place for what it sums over rows.
 */
export const batchParts = (rows: number): number => partsOf(rows, MAX_BATCH_PARTS, 1);

/** (rows, …): whole rows of the buffers at the positions, so many elements each; what is the part's own; the number of its first row. */
export const batch =
  (
    layout: (args: readonly number[]) => {
      rows: [position: number, elements: number][];
      own?: [position: number, elements: number][];
      firstRow?: number;
    },
  ): Cut =>
  (args) => {
    const { rows, own = [], firstRow } = layout(args);
    return spans(args[0]!, MAX_BATCH_PARTS, 1).map(([start, count], part) =>
      replaced(args, [
        [0, count],
        ...rows.flatMap(([position, size]) => moved(args, [position].filter(isBuffer(args)), start * size)),
        ...own.flatMap(([position, size]) => moved(args, [position].filter(isBuffer(args)), part * size)),
        ...(firstRow === undefined ? [] : [[firstRow, args[firstRow]! + start] as const]),
      ]),
    );
  };

/** (planes, …): whole planes of the buffers at the positions, so many elements each. */
export const planes =
  (layout: (args: readonly number[]) => { elements: number; buffers: [position: number, elements: number][] }): Cut =>
  (args) => {
    const { elements, buffers } = layout(args);
    return spans(args[0]!, (args[0]! * elements) / PART_ELEMENTS, 1).map(([start, count]) =>
      replaced(args, [[0, count], ...buffers.flatMap(([position, size]) => moved(args, [position], start * size))]),
    );
  };
