/** What the ingest process is asked and what it answers, as plain data. Loads nothing: DuckDB lives over there only. */
import type { DatasetContents, DatasetFormat } from '../schemas/dataset.js';
import type { DataErrorDetails } from './errors.js';
import type { IngestLimits } from './limits.js';

export interface IngestRequest {
  /** Of the file; of images in IDX the folder with a file for each part of the upload, by its name. */
  path: string;
  /** Default: by the file's first bytes. */
  format?: DatasetFormat;
  /** An empty folder of this ingest's own: the canonical copy, what DuckDB spills, and the result stand here. */
  scratch: string;
  limits: IngestLimits;
}

export interface IngestedDataset {
  format: DatasetFormat;
  contents: DatasetContents;
}

/** Name of the columnar file in the scratch folder. */
export const resultName = 'columns.safetensors';

export type IngestReply =
  | { dataset: IngestedDataset }
  | { dataError: { code: string; message: string; details: DataErrorDetails } }
  | { failure: { message: string; stack?: string | undefined } };
