/**
 * From a Parquet file to its columnar form. DuckDB reads the columns where they lie: nothing is copied, and what the file's
 * footer claims is held to the limits first. Columns have the types they were given; strings may be dates or categories.
 */
import { checkColumnNames, tooManyColumns } from './column-names.js';
import { Duckdb, literal } from './duckdb.js';
import { DataError } from './errors.js';
import type { IngestedDataset, IngestRequest } from './ingest-protocol.js';
import type { DeclaredKind } from './typing.js';
import { missingMarkers, trimmed } from './values.js';
import { writeTable } from './write-table.js';

interface ParquetColumn {
  name: string;
  kind: DeclaredKind;
}

const space = `' ' || ${[9, 10, 11, 12, 13].map((byte) => `chr(${byte})`).join(' || ')}`;
const markers = [...missingMarkers].map(literal).join(', ');

/** A column as ingest wants it: NULL where it is missing, numbers as DOUBLE, the rest as text. */
const cells: Record<DeclaredKind, (column: string) => string> = {
  number: (column) => `CASE WHEN NOT isnan(${column}::DOUBLE) THEN ${column}::DOUBLE END`,
  boolean: (column) => `${column}::VARCHAR`,
  date: (column) => `strftime(${column}::TIMESTAMP, '%Y-%m-%dT%H:%M:%S.%f')`,
  string: (column) => {
    const text = `trim(${column}::VARCHAR, ${space})`;
    return `CASE WHEN lower(${text}) NOT IN (${markers}) THEN ${text} END`;
  },
};

const kinds: readonly [DeclaredKind, types: RegExp][] = [
  ['number', /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(\d+,\d+\))$/],
  ['boolean', /^BOOLEAN$/],
  ['date', /^(DATE|TIMESTAMP(_S|_MS|_NS)?|TIMESTAMP WITH TIME ZONE)$/],
  ['string', /^(VARCHAR|UUID|ENUM\(.*\))$/s],
];

/** Writes `<scratch>/columns.safetensors`, synced. Throws DataError. */
export async function readParquet({ path, scratch, limits }: Omit<IngestRequest, 'format'>): Promise<IngestedDataset> {
  const duckdb = await Duckdb.open(path, { scratch, limits });
  try {
    const file = `read_parquet(${literal(path)})`;
    const [[rows] = [0]] = await duckdb.run(`SELECT num_rows FROM parquet_file_metadata(${literal(path)})`);
    const rowCount = Number(rows);
    if (rowCount === 0) throw new DataError('no_rows', 'the file has no rows', { expected: 'at least one row' });
    if (!(rowCount > 0 && rowCount <= limits.rows)) {
      const message = `the file says that it has ${rows} rows, at most ${limits.rows} are read`;
      throw new DataError('too_many_rows', message, { expected: limits.rows, got: rowCount });
    }
    const described = (await duckdb.run(`DESCRIBE SELECT * FROM ${file}`)) as [name: string, type: string][];
    if (described.length > limits.columns) throw tooManyColumns(limits.columns, described.length);
    const columns = described.map(([name, type]) => ({ name: trimmed(name), kind: kindOf(name, type) }));
    checkColumnNames(columns.map(({ name }) => name));
    const names = columns.map((_, index) => `c${index}`);
    const selected = columns.map(({ kind }, index) => `${cells[kind](`c${index}`)} AS c${index}`);
    await duckdb.run(
      `CREATE TEMP VIEW rows AS SELECT ${selected.join(', ')} FROM ${file} AS file(${names.join(', ')})`,
    );
    await refuseNul(duckdb, columns);
    const table = { duckdb, rowCount, columns, cell: (index: number) => `c${index}` };
    return { format: 'parquet', contents: await writeTable(table, { scratch, limits }) };
  } finally {
    duckdb.close();
  }
}

function kindOf(name: string, type: string): DeclaredKind {
  const found = kinds.find(([, types]) => types.test(type));
  if (found && !name.includes('\0')) return found[0];
  const expected = 'a column of numbers, booleans, dates or strings';
  throw new DataError('unsupported_column', `column "${name}": expected ${expected}, got ${type}`, {
    ...{ column: name, expected, got: type },
    hint: 'leave the column out, or make flat columns of it',
  });
}

/** No database holds a NUL in a text. */
async function refuseNul(duckdb: Duckdb, columns: readonly ParquetColumn[]): Promise<void> {
  for (const [index, { name, kind }] of columns.entries()) {
    if (kind !== 'string') continue;
    const [found] = await duckdb.aggregate(`count(*) FILTER (contains(c${index}, chr(0)))`);
    if (found === 0) continue;
    const message = `column "${name}": ${found} strings hold a NUL character`;
    throw new DataError('nul_byte', message, { column: name, expected: 'text without NUL', got: found });
  }
}
