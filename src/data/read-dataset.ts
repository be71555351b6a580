/** The ingest process's work: what was uploaded, read as its format says, into `<scratch>/columns.safetensors`. */
import { join } from 'node:path';
import { unpacked } from './gzip.js';
import { readFolders } from './images/read-folders.js';
import { readImages } from './images/read-images.js';
import type { IngestedDataset, IngestRequest } from './ingest-protocol.js';
import { readNpyFile, readNpz } from './numpy/read-numpy.js';
import { readParquet } from './read-parquet.js';
import { readTable } from './read-table.js';
import { readText } from './text/read-text.js';
import { readWeights } from './weights/read-weights.js';

/** Without a format it is a table of text. Text may be in gzip. Throws DataError. */
export async function readDataset({ format, ...request }: IngestRequest): Promise<IngestedDataset> {
  switch (format) {
    case 'idx':
      return readImages(request);
    case 'zip':
    case 'tar':
      return readFolders({ ...request, format });
    case 'npy':
      return readNpyFile(request);
    case 'npz':
      return readNpz(request);
    case 'parquet':
      return readParquet(request);
    case 'safetensors':
      return readWeights(request);
    case 'text':
      return readText(await unpack(request));
    case 'csv':
    case 'tsv':
    case 'jsonl':
      return readTable({ ...(await unpack(request)), format });
    case undefined:
      return readTable(await unpack(request));
    default:
      throw new Error(`format ${format satisfies never}`);
  }
}

type Request = Omit<IngestRequest, 'format'>;

async function unpack({ path, ...request }: Request): Promise<Request> {
  const { scratch, limits } = request;
  const output = join(scratch, 'unpacked');
  return { ...request, path: await unpacked(path, { output, maxBytes: limits.unpackedBytes }) };
}
