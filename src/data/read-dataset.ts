/** The ingest process's work: what was uploaded, read as its format says, into `<scratch>/columns.safetensors`. */
import { readImages } from './images/read-images.js';
import type { IngestedDataset, IngestRequest } from './ingest-protocol.js';
import { readParquet } from './read-parquet.js';
import { readTable } from './read-table.js';
import { readText } from './text/read-text.js';

/** Without a format it is a table of text. Throws DataError. */
export function readDataset({ format, ...request }: IngestRequest): Promise<IngestedDataset> {
  switch (format) {
    case 'idx':
      return readImages(request);
    case 'text':
      return readText(request);
    case 'parquet':
      return readParquet(request);
    case 'csv':
    case 'tsv':
    case 'jsonl':
      return readTable({ ...request, format });
    case undefined:
      return readTable(request);
    default:
      throw new Error(`format ${format satisfies never}`);
  }
}
