/**
 * Decides what a column holds and reads it so. In order: boolean (true, false in any case), number (decimal numerals),
 * date (ISO 8601), category, text. Strings are categories if at most 20 are distinct, or at most 1,000 and each stands
 * twice on average; none may exceed 100 characters. One value out of line makes a column category or text: to drop it
 * would hide it. A column without any value is text.
 */
import type { ColumnInfo } from '../schemas/dataset.js';
import type { Column } from './columns.js';
import type { DuckdbTable } from './duckdb-table.js';
import { DataError } from './errors.js';
import type { JsonKind } from './json-lines.js';
import { countDistinct } from './text/code-points.js';
import { countsOf } from './value-counts.js';
import { datePattern, largestNumber, numberPattern, parseDate } from './values.js';

const fewCategories = 20;
const mostCategories = 1_000;
const rowsPerCategory = 2;
const longestCategory = 100;

const booleanValues: readonly string[] = ['false', 'true'];

/** A column of the DuckDB table. */
export interface ColumnCells {
  table: DuckdbTable;
  rowCount: number;
  /** The column's name in SQL. */
  cell: string;
  /** The column's name in the file, for messages. */
  name: string;
  /** What JSON said the values are; undefined where a file has only text, null where every value is missing. */
  kind: JsonKind | null | undefined;
}

interface TypedColumn {
  info: Omit<ColumnInfo, 'name' | 'missing'>;
  data: Column;
}

/** Types and reads one column. Throws `number_out_of_range`. */
export async function readColumn(cells: ColumnCells): Promise<{ info: ColumnInfo; data: Column }> {
  const { table, cell, name, rowCount } = cells;
  const [present, booleans, numbers, dates, distinct, longest] = (await table.aggregate(`
    count(${cell}),
    count(*) FILTER (lower(${cell}) IN ('false', 'true')),
    count(*) FILTER (regexp_full_match(${cell}, '${numberPattern}')),
    count(*) FILTER (regexp_full_match(${cell}, '${datePattern}')),
    count(DISTINCT ${cell}),
    coalesce(max(length(${cell})), 0)`)) as [number, number, number, number, number, number];
  const all = (count: number, kind: JsonKind) => count > 0 && count === present && (cells.kind ?? kind) === kind;
  const few = distinct <= fewCategories || (distinct <= mostCategories && distinct * rowsPerCategory <= present);

  const typed =
    (all(booleans, 'boolean') && (await readBooleans(cells))) ||
    (all(numbers, 'number') && (await readNumbers(cells))) ||
    (all(dates, 'string') && (await readDates(cells, distinct))) ||
    (present > 0 && few && longest <= longestCategory && (await readCategories(cells))) ||
    (await readText(cells, distinct));
  const counts = countsOf(typed.data, typed.info);
  return { info: { name, missing: rowCount - present, ...typed.info, ...counts }, data: typed.data };
}

async function readBooleans({ table, cell, rowCount }: ColumnCells): Promise<TypedColumn> {
  const codes = new Int32Array(rowCount);
  await table.each(`lower(${cell})`, (value, row) => {
    codes[row] = booleanValues.indexOf(value as string); // −1 for null
  });
  const distinct = booleanValues.filter((_, code) => codes.includes(code)).length;
  return {
    info: { type: 'boolean', distinct, values: [...booleanValues] },
    data: { type: 'boolean', codes, values: booleanValues },
  };
}

async function readNumbers({ table, cell, name, rowCount }: ColumnCells): Promise<TypedColumn> {
  const values = new Float64Array(rowCount);
  // a numeral that a double cannot hold casts to NULL, or to infinity
  const number = `coalesce(TRY_CAST(${cell} AS DOUBLE), 'Infinity'::DOUBLE)`;
  await table.each(`CASE WHEN ${cell} IS NULL THEN 'NaN'::DOUBLE ELSE ${number} END`, (value, row) => {
    values[row] = value as number;
    if (Math.abs(value as number) > largestNumber) {
      const expected = `at most ±${largestNumber}`;
      throw new DataError('number_out_of_range', `column "${name}", record ${row + 1}: expected ${expected}`, {
        column: name,
        expected,
      });
    }
  });
  const [distinct] = (await table.aggregate(`count(DISTINCT TRY_CAST(${cell} AS DOUBLE))`)) as [number];
  const integer = values.every((value) => Number.isNaN(value) || Number.isSafeInteger(value));
  return { info: { type: 'number', distinct, integer, ...summary(values) }, data: { type: 'number', values } };
}

/** null where a value only looks like a date, such as 2023-02-30. */
async function readDates({ table, cell, rowCount }: ColumnCells, distinct: number): Promise<TypedColumn | null> {
  const values = new Float64Array(rowCount);
  let valid = true;
  await table.each(cell, (value, row) => {
    const time = value === null ? Number.NaN : parseDate(value as string);
    valid &&= time !== null;
    values[row] = time ?? Number.NaN;
  });
  return valid ? { info: { type: 'date', distinct, ...summary(values) }, data: { type: 'date', values } } : null;
}

async function readCategories({ table, cell, rowCount }: ColumnCells): Promise<TypedColumn> {
  const seen = new Map<string, number>(); // value → order of appearance
  const codes = new Int32Array(rowCount);
  await table.each(cell, (value, row) => {
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

async function readText({ table, cell, rowCount }: ColumnCells, distinct: number): Promise<TypedColumn> {
  const [length] = (await table.aggregate(`coalesce(sum(strlen(${cell})), 0)`)) as [number]; // strlen counts bytes
  const bytes = Buffer.alloc(length);
  const offsets = new Float64Array(rowCount + 1);
  await table.each(cell, (value, row) => {
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
