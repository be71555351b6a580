/** What the API's process and the predict process say to each other over IPC: plain data, one reply a request. */
import type { DataErrorDetails } from '../data/errors.js';
import type { Prediction } from '../schemas/run.js';

/** A row as it stood in the dataset: column name → value. */
export type RawRow = Record<string, unknown>;

/** A trained model and the local file that holds its checkpoint. */
export interface ModelFile {
  id: string;
  path: string;
}

export interface PredictionRequest {
  id: number;
  model: ModelFile;
  rows: RawRow[];
}

/** `invalid_row` is the client's fault; `internal` is a model that could not be loaded or run. */
export interface PredictionFailure {
  code: 'invalid_row' | 'internal';
  message: string;
  details: DataErrorDetails;
}

export type PredictionReply = { id: number; predictions: Prediction[] } | { id: number; failure: PredictionFailure };
