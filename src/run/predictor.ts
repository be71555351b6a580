/**
 * Answers requests in the predict process. Rows for one model that arrive together are computed together:
 * a forward pass of 64 rows costs little more than one of a single row. What a row is answered may differ in its last bits
 * with the rows it is computed among, since kernels go by the shape of the batch.
 */

import { DataError } from '../data/errors.js';
import type { ImagesPreparation } from '../data/images/images.js';
import { hasPictures, readPictures } from '../data/images/raw-pictures.js';
import { encodeRawRows, type RowsPreparation, tokenizerOf } from '../data/preparation.js';
import { vocabularyOf } from '../data/text/vocabulary.js';
import type { Generation } from '../schemas/generate.js';
import type { Prediction } from '../schemas/run.js';
import { tempered } from './baseline/temperature.js';
import { explain } from './explain.js';
import { generate } from './generate.js';
import type { LoadedModel, ModelCache, RowsModel } from './model-cache.js';
import type {
  ModelFile,
  PredictionAnswer,
  PredictionFailure,
  PredictionReply,
  PredictionRequest,
  RowsRequest,
  Telling,
  TextRequest,
  VocabularyRequest,
} from './prediction-protocol.js';
import { describePredictions, toFloat } from './predictions.js';

interface Encoded {
  id: number;
  x: Float32Array | Int32Array; // [rows, inputs]
  rows: number;
  choice: Telling;
}

type Reply = (reply: PredictionReply) => void;

export class BatchingPredictor {
  readonly #cache: Pick<ModelCache, 'get'>;
  readonly #reply: Reply;
  /** Requests by model, from the first one's arrival until the event loop has read what else is there. */
  readonly #open = new Map<string, RowsRequest[]>();
  /** Requests for texts that have neither ended nor been cancelled. */
  readonly #generating = new Set<number>();

  constructor(cache: Pick<ModelCache, 'get'>, reply: Reply) {
    this.#cache = cache;
    this.#reply = reply;
  }

  add(request: PredictionRequest): void {
    if ('generate' in request) {
      this.#generating.add(request.id);
      this.#answer(request, (model) => this.#generate(request, model));
    } else if ('want' in request) this.#answer(request, ({ preparation }) => vocabularyOf(tokenizerOf(preparation)));
    else if ('cancel' in request) this.#generating.delete(request.cancel);
    else this.#collect(request);
  }

  async #answer(
    { id, model }: TextRequest | VocabularyRequest,
    answer: (model: LoadedModel) => PredictionAnswer | Promise<PredictionAnswer>,
  ): Promise<void> {
    try {
      this.#reply({ id, answer: await answer(await this.#cache.get(model)) });
    } catch (error) {
      this.#refuse(id, error);
    }
  }

  async #generate({ id, generate: request, streamed }: TextRequest, model: LoadedModel): Promise<Generation> {
    if (!('decoder' in model)) throw new Error('generate: expected a model of a text, got one of rows');
    try {
      const generation = generate(model, request);
      for (;;) {
        const next = await generation.next();
        if (next.done) return next.value;
        if (!this.#generating.has(id)) throw new Error('generate: cancelled'); // nobody waits for an answer
        if (streamed) this.#reply({ id, token: next.value });
      }
    } finally {
      this.#generating.delete(id);
    }
  }

  #collect(request: RowsRequest): void {
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
      const loaded = await this.#cache.get(model);
      const { preparation } = loaded;
      const isSlow = ({ rows }: RowsRequest) => preparation.kind === 'images' && hasPictures(rows);
      this.#predict(
        loaded,
        requests.filter((request) => !isSlow(request)),
      );
      if (preparation.kind === 'images') {
        for (const request of requests.filter(isSlow)) void this.#predictPictures(loaded, preparation, request);
      }
    } catch (error) {
      for (const { id } of requests) this.#refuse(id, error);
    }
  }

  /** Others need not wait until files are decoded. */
  async #predictPictures(model: LoadedModel, preparation: ImagesPreparation, request: RowsRequest): Promise<void> {
    try {
      this.#predict(model, [{ ...request, rows: await readPictures(preparation, request.rows) }]);
    } catch (error) {
      this.#refuse(request.id, error);
    }
  }

  #predict(model: LoadedModel, requests: RowsRequest[]): void {
    if (!('predictor' in model)) throw new Error('predict: expected a model of rows, got one of a text');
    const { preparation, predictor } = model;
    const encoded = requests.flatMap((request) => this.#encode(request, preparation));
    const rows = encoded.reduce((sum, request) => sum + request.rows, 0);
    if (rows === 0) return;
    const length = rows * preparation.inputs;
    const x = predictor.shape.tokens === undefined ? new Float32Array(length) : new Int32Array(length);
    let filled = 0;
    for (const request of encoded) {
      x.set(request.x, filled);
      filled += request.x.length;
    }
    const outputs = predictor.predict(x, rows); // [rows, width]
    const width = outputs.length / rows;
    let from = 0;
    for (const { id, x, rows, choice } of encoded) {
      const own = outputs.subarray(from * width, (from + rows) * width);
      const answer = describePredictions(own, preparation, choice);
      this.#reply({ id, answer: choice.means === undefined ? answer : explained(model, x, { answer, choice }) });
      from += rows;
    }
  }

  /** A row that does not fit fails its own request and no other. */
  #encode({ id, rows, choice }: RowsRequest, preparation: RowsPreparation): Encoded[] {
    try {
      return [{ id, x: encodeRawRows(preparation, rows), rows: rows.length, choice }];
    } catch (error) {
      this.#refuse(id, error);
      return [];
    }
  }

  /** A DataError is the client's fault; whatever else is thrown is not. */
  #refuse(id: number, error: unknown): void {
    const { message } = error instanceof Error ? error : new Error(String(error));
    const failure: PredictionFailure =
      error instanceof DataError
        ? { code: error.code as 'invalid_row' | 'invalid_prompt', message, details: error.details }
        : { code: 'internal', message, details: {} };
    this.#reply({ id, failure });
  }
}

/** Answers with what each feature adds to them; `x` is [rows, inputs]. */
function explained(
  { preparation, predictor }: RowsModel,
  x: Float32Array | Int32Array,
  { answer, choice: { means = [], temperature } }: { answer: Prediction[]; choice: Telling },
): Prediction[] {
  if (preparation.kind !== 'columns') throw new Error(`explain: expected columns, got ${preparation.kind}`);
  const { target, inputs } = preparation;
  const against = Float32Array.from(means);
  return answer.map((prediction, row) => {
    const place = target.type === 'classification' ? target.classes.indexOf(prediction.class!) : 0;
    const scoreOf = (outputs: Float32Array): number => {
      if (target.type === 'regression') return outputs[0]! * target.deviation + target.mean;
      return (temperature === undefined ? outputs : tempered(outputs, temperature))[place]!;
    };
    const own = Float32Array.from(x.subarray(row * inputs, (row + 1) * inputs));
    const { baseline, contributions } = explain(predictor, preparation, { x: own, means: against, scoreOf });
    const explanation = {
      ...(prediction.class !== undefined && { of: prediction.class }),
      baseline: toFloat(baseline),
      contributions: Object.fromEntries([...contributions].map(([name, value]) => [name, toFloat(value)])),
    };
    return { ...prediction, explanation };
  });
}
