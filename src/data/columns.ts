/**
 * The typed table on disk, column by column in a safetensors container: written once at ingest, read by training. Equal
 * tables give equal bytes. Column i is the tensor `i`: float64 with NaN for missing (number; date as epoch milliseconds),
 * or int32 codes into the column's `values` with −1 for missing (category, boolean), or UTF-8 with the float64 tensor
 * `i.offsets` (text, where empty is missing). The columns' descriptions stand in the metadata as JSON.
 */
import type { ColumnInfo } from '../schemas/dataset.js';
import { DataError } from './errors.js';
import type { TensorFile } from './tensor-file.js';
import { TensorWriter } from './tensor-writer.js';

/** number, date */
export interface NumberColumn {
  readonly type: 'number' | 'date';
  /** [rows], NaN is missing */
  readonly values: Float64Array;
}

/** category, boolean */
export interface CodedColumn {
  readonly type: 'category' | 'boolean';
  /** [rows], indices into `values`; −1 is missing */
  readonly codes: Int32Array;
  readonly values: readonly string[];
}

interface TextColumn {
  readonly type: 'text';
  /** [rows + 1]: row r is bytes[offsets[r], offsets[r + 1]); empty is missing */
  readonly offsets: Float64Array;
  readonly bytes: Uint8Array;
}

export type Column = NumberColumn | CodedColumn | TextColumn;

/** A stored table; nothing of it is in memory but what was asked for. */
export interface Columns {
  readonly rowCount: number;
  readonly info: readonly ColumnInfo[];
  /** All rows of a column, read anew each time. Throws `unknown_column`. */
  column(name: string): Column;
  /** Rows [from, to) of a column, as a column of so many rows. Throws `unknown_column`. */
  slice(name: string, from: number, to: number): Column;
}

/** Name of the table's description in the metadata. */
export const tableKey = 'table';

interface Metadata {
  rowCount: number;
  columns: ColumnInfo[];
}

/** Writes a columnar file column by column: ingest holds one of them at a time. */
export class ColumnsWriter {
  readonly #rowCount: number;
  readonly #tensors: TensorWriter;
  readonly info: ColumnInfo[] = [];

  /** Parts of the file wait in `folder`. */
  constructor(folder: string, rowCount: number) {
    this.#rowCount = rowCount;
    this.#tensors = new TensorWriter(folder);
  }

  add(info: ColumnInfo, column: Column): void {
    const name = String(this.info.length);
    const shape = [this.#rowCount];
    this.info.push(info);
    switch (column.type) {
      case 'number':
      case 'date':
        this.#tensors.add({ name, dtype: 'F64', shape }, [column.values]);
        return;
      case 'category':
      case 'boolean':
        this.#tensors.add({ name, dtype: 'I32', shape }, [column.codes]);
        return;
      case 'text':
        this.#tensors.add({ name, dtype: 'U8', shape: [column.bytes.length] }, [column.bytes]);
        this.#tensors.add({ name: `${name}.offsets`, dtype: 'F64', shape: [this.#rowCount + 1] }, [column.offsets]);
        return;
      default:
        throw new Error(`column type ${column satisfies never}`);
    }
  }

  /** The file at `path` is whole and durable before the promise resolves. */
  async finish(path: string): Promise<void> {
    const metadata: Metadata = { rowCount: this.#rowCount, columns: this.info };
    await this.#tensors.finish(path, { [tableKey]: JSON.stringify(metadata) });
  }

  close(): void {
    this.#tensors.close();
  }
}

/** Rows [from, to) as a table of their own. */
export const windowOf = ({ info, slice }: Columns, from: number, to: number): Columns => ({
  rowCount: to - from,
  info,
  column: (name) => slice(name, from, to),
  slice: (name, first, end) => slice(name, from + first, from + end),
});

/** The table in a columnar file, which must stay open. */
export function columnsOf(file: TensorFile): Columns {
  const { [tableKey]: table } = file.metadata;
  if (table === undefined) throw new Error(`columnar file: no ${tableKey} in its metadata`);
  const { rowCount, columns: info } = JSON.parse(table) as Metadata;
  const indexOf = new Map(info.map(({ name }, index) => [name, index]));
  const slice = (name: string, from: number, to: number): Column => {
    const index = indexOf.get(name);
    const described = index === undefined ? undefined : info[index];
    if (!described) throw new DataError('unknown_column', `the dataset has no column "${name}"`, { column: name });
    const { type, values } = described;
    switch (type) {
      case 'number':
      case 'date':
        return { type, values: file.read(`${index}`, Float64Array, from, to) };
      case 'category':
      case 'boolean':
        return { type, codes: file.read(`${index}`, Int32Array, from, to), values: values ?? [] };
      case 'text': {
        const offsets = file.read(`${index}.offsets`, Float64Array, from, to + 1);
        const [start, end] = [offsets[0]!, offsets[to - from]!];
        const bytes = file.read(`${index}`, Uint8Array, start, end);
        return { type, bytes, offsets: offsets.map((offset) => offset - start) };
      }
      default:
        throw new Error(`column type ${type satisfies never}`);
    }
  };
  return { rowCount, info, slice, column: (name) => slice(name, 0, rowCount) };
}
