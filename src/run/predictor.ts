/**
 * Answers prediction requests in the predict process. Requests for one model that arrive together are computed together:
 * a forward pass of 64 rows costs little more than one of a single row. What a row is answered may differ in its last bits
 * with the rows it is computed among, since kernels go by the shape of the batch.
 */

import { encodeRawRows } from '../data/encode.js';
import { DataError } from '../data/errors.js';
import type { LoadedModel, ModelCache } from './model-cache.js';
import type { ModelFile, PredictionReply, PredictionRequest } from './prediction-protocol.js';
import { describePredictions } from './predictions.js';

interface Encoded {
  id: number;
  x: Float32Array; // [rows, inputs]
  rows: number;
}

type Reply = (reply: PredictionReply) => void;

export class BatchingPredictor {
  readonly #cache: ModelCache;
  readonly #reply: Reply;
  /** Requests by model, from the first one's arrival until the event loop has read what else is there. */
  readonly #open = new Map<string, PredictionRequest[]>();

  constructor(cache: ModelCache, reply: Reply) {
    this.#cache = cache;
    this.#reply = reply;
  }

  add(request: PredictionRequest): void {
    const { model } = request;
    const batch = this.#open.get(model.id);
    if (batch) {
      batch.push(request);
      return;
    }
    this.#open.set(model.id, [request]);
    setImmediate(() => this.#run(model));
  }

  async #run(model: ModelFile): Promise<void> {
    const requests = this.#open.get(model.id) ?? [];
    this.#open.delete(model.id);
    try {
      this.#predict(await this.#cache.get(model), requests);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      for (const { id } of requests) this.#reply({ id, failure: { code: 'internal', message, details: {} } });
    }
  }

  #predict({ preparation, predictor }: LoadedModel, requests: PredictionRequest[]): void {
    const encoded = requests.flatMap((request) => this.#encode(request, preparation));
    const rows = encoded.reduce((sum, request) => sum + request.rows, 0);
    if (rows === 0) return;
    const x = new Float32Array(rows * preparation.inputs);
    let filled = 0;
    for (const request of encoded) {
      x.set(request.x, filled);
      filled += request.x.length;
    }
    const predictions = describePredictions(predictor.predict(x, rows), preparation);
    let from = 0;
    for (const { id, rows } of encoded) {
      this.#reply({ id, predictions: predictions.slice(from, from + rows) });
      from += rows;
    }
  }

  /** A row that does not fit fails its own request and no other. */
  #encode({ id, rows }: PredictionRequest, preparation: LoadedModel['preparation']): Encoded[] {
    try {
      return [{ id, x: encodeRawRows(preparation, rows), rows: rows.length }];
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      this.#reply({ id, failure: { code: 'invalid_row', message: error.message, details: error.details } });
      return [];
    }
  }
}
