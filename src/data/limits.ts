/** What one ingest may cost: each limit bounds memory, disk or time, whatever the file holds. */

export interface IngestLimits {
  /** Of a packed file's content, on disk. */
  unpackedBytes: number;
  /** In an archive. */
  entries: number;
  /** Of one file in an archive, unpacked. */
  entryBytes: number;
  /** Of one image. */
  imagePixels: number;
  columns: number;
  rows: number;
  /** A record: one line, or several where quotes hold line breaks. */
  recordBytes: number;
  /** The typed columns together: 8 bytes a number or date, 4 a category or boolean, UTF-8 and 8 a text. */
  tableBytes: number;
  /** What is held whole while it is read: a plain text, a column of texts, the pixels of all images. */
  heldBytes: number;
  /** Text of all categories together: it stands in the columns' descriptions. */
  dictionaryBytes: number;
  /** DuckDB's own memory; beyond it, DuckDB spills to the scratch folder. */
  memoryBytes: number;
  threads: number;
  timeoutSeconds: number;
}

const MiB = 2 ** 20;

export const defaultLimits: Readonly<IngestLimits> = {
  unpackedBytes: 16 * 1024 * MiB,
  entries: 1_000_000,
  entryBytes: 64 * MiB,
  imagePixels: 2 ** 24,
  columns: 2_000,
  rows: 100_000_000,
  recordBytes: 16 * MiB,
  tableBytes: 16 * 1024 * MiB,
  heldBytes: 1024 * MiB,
  dictionaryBytes: 8 * MiB,
  memoryBytes: 768 * MiB,
  threads: 2,
  timeoutSeconds: 1800,
};
