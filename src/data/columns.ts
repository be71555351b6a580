/**
 * The typed table on disk, column by column in a safetensors container: written once at ingest, read by training. Equal
 * tables give equal bytes. Column i is the tensor `i`: float64 with NaN for missing (number; date as epoch milliseconds),
 * or int32 codes into the column's `values` with −1 for missing (category, boolean), or UTF-8 with the float64 tensor
 * `i.offsets` (text, where empty is missing). The columns' descriptions stand in the metadata as JSON.
 */
import { encodeSafetensors, type Safetensors, type Tensor } from '../engine/index.js';
import type { ColumnInfo } from '../schemas/dataset.js';
import { DataError } from './errors.js';

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

/** A table in memory; columns by name. */
export interface Columns {
  readonly rowCount: number;
  readonly info: readonly ColumnInfo[];
  /** Throws `unknown_column`. */
  column(name: string): Column;
}

/** Name of the table's description in the metadata. */
export const tableKey = 'table';

interface Metadata {
  rowCount: number;
  columns: ColumnInfo[];
}

/** The columnar file of a table; `columns[i]` is described by `info[i]`. */
export function encodeColumns(rowCount: number, info: readonly ColumnInfo[], columns: readonly Column[]): Uint8Array {
  const tensors = columns.flatMap((column, index): Tensor[] => {
    const name = String(index);
    switch (column.type) {
      case 'number':
      case 'date':
        return [{ name, dtype: 'F64', shape: [rowCount], data: column.values }];
      case 'category':
      case 'boolean':
        return [{ name, dtype: 'I32', shape: [rowCount], data: column.codes }];
      case 'text':
        return [
          { name, dtype: 'U8', shape: [column.bytes.length], data: column.bytes },
          { name: `${name}.offsets`, dtype: 'F64', shape: [rowCount + 1], data: column.offsets },
        ];
      default:
        throw new Error(`column type ${column satisfies never}`);
    }
  });
  const metadata: Metadata = { rowCount, columns: [...info] };
  return encodeSafetensors(tensors, { [tableKey]: JSON.stringify(metadata) });
}

/** The table in a columnar file, of which its columns are views. */
export function columnsOf({ metadata, tensors }: Safetensors): Columns {
  const { [tableKey]: table } = metadata;
  if (table === undefined) throw new Error(`columnar file: no ${tableKey} in its metadata`);
  const { rowCount, columns: info } = JSON.parse(table) as Metadata;
  const data = <Data extends Tensor['data']>(name: string, Kind: new (length: number) => Data): Data => {
    const found = tensors.get(name)?.data;
    if (found instanceof Kind) return found;
    throw new Error(`columnar file: expected a ${Kind.name} as tensor ${name}`);
  };
  const indexOf = new Map(info.map(({ name }, index) => [name, index]));
  return {
    rowCount,
    info,
    column(name) {
      const index = indexOf.get(name);
      const described = index === undefined ? undefined : info[index];
      if (!described) throw new DataError('unknown_column', `the dataset has no column "${name}"`, { column: name });
      const { type, values } = described;
      switch (type) {
        case 'number':
        case 'date':
          return { type, values: data(`${index}`, Float64Array) };
        case 'category':
        case 'boolean':
          return { type, codes: data(`${index}`, Int32Array), values: values ?? [] };
        case 'text':
          return { type, bytes: data(`${index}`, Uint8Array), offsets: data(`${index}.offsets`, Float64Array) };
        default:
          throw new Error(`column type ${type satisfies never}`);
      }
    },
  };
}
