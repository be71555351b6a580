/**
 * Decides what a column holds and reads it so. In order: boolean (true, false in any case), number (decimal numerals),
 * date (ISO 8601), category, text. Strings are categories if at most 20 are distinct, or at most 1,000 and each stands
 * twice on average; none may exceed 100 characters. One value out of line makes a column category or text: to drop it
 * would hide it. A column without any value is text.
 */
import type { ColumnInfo } from '../schemas/dataset.js';
import type { Column } from './columns.js';
import type { Duckdb } from './duckdb.js';
import { DataError } from './errors.js';
import { countDistinct } from './text/code-points.js';
import { datePattern, largestNumber, numberPattern, parseDate } from './values.js';

const fewCategories = 20;
const mostCategories = 1_000;
const rowsPerCategory = 2;
const longestCategory = 100;

const booleanValues: readonly string[] = ['false', 'true'];

/** What a file itself says that a column holds. A string may still be a date, a category or a text. */
export type DeclaredKind = 'number' | 'boolean' | 'date' | 'string';

/** A column of DuckDB's rows, white space and markers of missing values gone. */
export interface ColumnCells {
  duckdb: Duckdb;
  rowCount: number;
  /** The column's name in SQL: numbers where that is declared, else strings. */
  cell: string;
  /** The column's name in the file, for messages. */
  name: string;
  /** undefined where a file has only text, null where every value is missing. */
  kind: DeclaredKind | null | undefined;
  /** Of a text column, which is held whole. */
  mostTextBytes: number;
}

interface TypedColumn {
  info: Omit<ColumnInfo, 'name' | 'missing'>;
  data: Column;
}

/** Types and reads one column. Throws `number_out_of_range`, `date_out_of_range` or `dataset_too_large`. */
export async function readColumn(cells: ColumnCells): Promise<{ info: ColumnInfo; data: Column }> {
  const { duckdb, cell, name, rowCount } = cells;
  const [present] = (await duckdb.aggregate(`count(${cell})`)) as [number];
  const typed = (present > 0 && (await readTyped(cells, present))) || (await readText(cells));
  return { info: { name, missing: rowCount - present, ...typed.info }, data: typed.data };
}

/** null where the values are no more than text. */
async function readTyped(cells: ColumnCells, present: number): Promise<TypedColumn | null> {
  const { duckdb, cell, name, kind } = cells;
  if (kind === 'number') return readNumbers(cells);
  if (kind === 'boolean') return readBooleans(cells);
  if (kind === 'date') {
    const dates = await readDates(cells);
    if (dates) return dates;
    const expected = 'dates of the years 0 to 9999';
    throw new DataError('date_out_of_range', `column "${name}": expected ${expected}`, { column: name, expected });
  }
  const [booleans, numbers, dates] = (await duckdb.aggregate(`
    count(*) FILTER (lower(${cell}) IN ('false', 'true')),
    count(*) FILTER (regexp_full_match(${cell}, '${numberPattern}')),
    count(*) FILTER (regexp_full_match(${cell}, '${datePattern}'))`)) as [number, number, number];
  if (kind !== 'string') {
    if (booleans === present) return readBooleans(cells);
    if (numbers === present) return readNumbers(cells);
  }
  return (dates === present && (await readDates(cells))) || readCategories(cells, present);
}

async function readBooleans({ duckdb, cell, rowCount }: ColumnCells): Promise<TypedColumn> {
  const codes = new Int32Array(rowCount);
  await duckdb.each({ expression: `lower(${cell})`, rowCount }, (value, row) => {
    codes[row] = booleanValues.indexOf(value as string); // −1 for null
  });
  const distinct = booleanValues.filter((_, code) => codes.includes(code)).length;
  return {
    info: { type: 'boolean', distinct, values: [...booleanValues] },
    data: { type: 'boolean', codes, values: booleanValues },
  };
}

async function readNumbers({ duckdb, cell, name, rowCount }: ColumnCells): Promise<TypedColumn> {
  const values = new Float64Array(rowCount);
  // a numeral that a double cannot hold casts to NULL, or to infinity
  const number = `coalesce(TRY_CAST(${cell} AS DOUBLE), 'Infinity'::DOUBLE)`;
  const expression = `CASE WHEN ${cell} IS NULL THEN 'NaN'::DOUBLE ELSE ${number} END`;
  await duckdb.each({ expression, rowCount }, (value, row) => {
    values[row] = value as number;
    if (Math.abs(value as number) > largestNumber) {
      const expected = `at most ±${largestNumber}`;
      throw new DataError('number_out_of_range', `column "${name}", record ${row + 1}: expected ${expected}`, {
        column: name,
        expected,
      });
    }
  });
  const [distinct] = (await duckdb.aggregate(`count(DISTINCT TRY_CAST(${cell} AS DOUBLE))`)) as [number];
  const integer = values.every((value) => Number.isNaN(value) || Number.isSafeInteger(value));
  return { info: { type: 'number', distinct, integer, ...summary(values) }, data: { type: 'number', values } };
}

/** null where a value only looks like a date, such as 2023-02-30. */
async function readDates({ duckdb, cell, rowCount }: ColumnCells): Promise<TypedColumn | null> {
  const values = new Float64Array(rowCount);
  let valid = true;
  await duckdb.each({ expression: cell, rowCount }, (value, row) => {
    const time = value === null ? Number.NaN : parseDate(value as string);
    valid &&= time !== null;
    values[row] = time ?? Number.NaN;
  });
  if (!valid) return null;
  const distinct = await countStrings({ duckdb, cell });
  return { info: { type: 'date', distinct, ...summary(values) }, data: { type: 'date', values } };
}

const countStrings = async ({ duckdb, cell }: Pick<ColumnCells, 'duckdb' | 'cell'>): Promise<number> =>
  (await duckdb.aggregate(`count(DISTINCT ${cell})`))[0]!;

/** null where the values are too many, or too long. */
async function readCategories({ duckdb, cell, rowCount }: ColumnCells, present: number): Promise<TypedColumn | null> {
  const [longest] = (await duckdb.aggregate(`max(length(${cell}))`)) as [number];
  if (longest > longestCategory) return null;
  const distinct = await countStrings({ duckdb, cell });
  if (distinct > fewCategories && (distinct > mostCategories || distinct * rowsPerCategory > present)) return null;
  const seen = new Map<string, number>(); // value → order of appearance
  const codes = new Int32Array(rowCount);
  await duckdb.each({ expression: cell, rowCount }, (value, row) => {
    if (value === null) {
      codes[row] = -1;
      return;
    }
    let code = seen.get(value as string);
    if (code === undefined) {
      code = seen.size;
      seen.set(value as string, code);
    }
    codes[row] = code;
  });
  const values = [...seen.keys()].sort(); // by UTF-16 unit: the same everywhere, whatever the locale
  const sorted = new Map(values.map((value, code) => [seen.get(value)!, code]));
  for (let row = 0; row < rowCount; row++) codes[row] = sorted.get(codes[row]!) ?? -1;
  return { info: { type: 'category', distinct: values.length, values }, data: { type: 'category', codes, values } };
}

async function readText({ duckdb, cell, name, rowCount, mostTextBytes }: ColumnCells): Promise<TypedColumn> {
  const text = `${cell}::VARCHAR`; // also where numbers are declared and every one is missing
  const [length] = (await duckdb.aggregate(`coalesce(sum(strlen(${text})), 0)`)) as [number]; // strlen counts bytes
  if (length > mostTextBytes) {
    const message = `column "${name}": the texts take ${length} bytes, at most ${mostTextBytes} are read`;
    throw new DataError('dataset_too_large', message, { column: name, expected: mostTextBytes, got: length });
  }
  const distinct = await countStrings({ duckdb, cell });
  const bytes = Buffer.alloc(length);
  const offsets = new Float64Array(rowCount + 1);
  await duckdb.each({ expression: text, rowCount }, (value, row) => {
    const start = offsets[row]!;
    offsets[row + 1] = start + (value === null ? 0 : bytes.write(value as string, start));
  });
  return {
    info: { type: 'text', distinct, distinctCharacters: countDistinct(bytes) },
    data: { type: 'text', bytes, offsets },
  };
}

/** Of the values that are not NaN; there is one at least. The mean is summed in order: the same bits every time. */
function summary(values: Float64Array): { min: number; max: number; mean: number } {
  let [min, max, sum, count] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
    count++;
  }
  return { min, max, mean: sum / count };
}
