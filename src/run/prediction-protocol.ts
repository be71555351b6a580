/** What the API's process and the predict process say to each other over IPC: plain data, one answer or failure a request. */
import type { DataErrorDetails } from '../data/errors.js';
import type { GeneratedToken, Generation, ResolvedGenerateRequest } from '../schemas/generate.js';
import type { Choice, Prediction } from '../schemas/run.js';
import type { Vocabulary } from '../schemas/tokenizer.js';
import type { ModelWeights } from './model-file.js';

/** A row as it stood in the dataset: column name → value. */
export type RawRow = Record<string, unknown>;

/** A trained model and the local file that holds its checkpoint. */
export interface ModelFile extends ModelWeights {
  id: string;
}

/** How an answer is told, with what of the model's baseline that takes. */
export interface Telling extends Pick<Choice, 'topK' | 'threshold'> {
  temperature?: number | undefined;
  /** Added to a value. */
  interval?: readonly [low: number, high: number] | undefined;
  /** [inputs]: what rows are explained against. */
  means?: readonly number[] | undefined;
}

export interface RowsRequest {
  id: number;
  model: ModelFile;
  rows: RawRow[];
  choice: Telling;
}

export interface TextRequest {
  id: number;
  model: ModelFile;
  generate: ResolvedGenerateRequest;
  /** Whether each token is told as it is drawn, before the answer. */
  streamed: boolean;
}

/** Nobody waits for the text of that request any more. */
export interface CancelRequest {
  cancel: number;
}

export interface VocabularyRequest {
  id: number;
  model: ModelFile;
  want: 'vocabulary';
}

export type PredictionRequest = RowsRequest | TextRequest | VocabularyRequest | CancelRequest;

/** `invalid_row` and `invalid_prompt` are the client's fault; `internal` is a model that could not be loaded or run. */
export interface PredictionFailure {
  code: 'invalid_row' | 'invalid_prompt' | 'internal';
  message: string;
  details: DataErrorDetails;
}

/** Predictions for rows, a text for a prompt, the vocabulary of a model of texts. */
export type PredictionAnswer = Prediction[] | Generation | Vocabulary;
export type PredictionReply =
  | { id: number; token: GeneratedToken }
  | { id: number; answer: PredictionAnswer }
  | { id: number; failure: PredictionFailure };
