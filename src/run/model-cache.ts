/** Loaded models by id, the least recently used dropped first. A model that is in use stays alive through its user. */
import type { RowsPreparation } from '../data/preparation.js';
import type { StreamPreparation } from '../data/text/prepare-stream.js';
import {
  createDecoder,
  createPredictor,
  type Decoder,
  type KernelsFactory,
  type Predictor,
  readHeader,
} from '../engine/index.js';
import { readPreparation } from './checkpoint-metadata.js';
import { type ModelWeights, readModel } from './model-file.js';
import type { ModelFile } from './prediction-protocol.js';

export interface RowsModel {
  preparation: RowsPreparation;
  predictor: Predictor;
  bytes: number;
}

export interface TextModel {
  preparation: StreamPreparation;
  decoder: Decoder;
  bytes: number;
}

export type LoadedModel = RowsModel | TextModel;

/** Rows of one forward pass: larger batches gain nothing and cost memory in every loaded model. */
const maxRows = 256;

export class ModelCache {
  readonly #kernels: KernelsFactory;
  readonly #maxBytes: number;
  readonly #maxModels: number;
  /** In order of use, the latest last. */
  readonly #loaded = new Map<string, LoadedModel>();
  /** So that concurrent first uses of a model load it once. */
  readonly #loading = new Map<string, Promise<LoadedModel>>();
  #bytes = 0;

  /** `maxModels` bounds address space: V8 reserves gigabytes of it for each WebAssembly memory, however small. */
  constructor(kernels: KernelsFactory, { maxBytes, maxModels }: { maxBytes: number; maxModels: number }) {
    this.#kernels = kernels;
    this.#maxBytes = maxBytes;
    this.#maxModels = maxModels;
  }

  async get(model: ModelFile): Promise<LoadedModel> {
    const { id } = model;
    const loaded = this.#loaded.get(id);
    if (loaded) {
      this.#loaded.delete(id);
      this.#loaded.set(id, loaded);
      return loaded;
    }
    const loading = this.#loading.get(id) ?? this.#load(model);
    this.#loading.set(id, loading);
    return loading;
  }

  async #load({ id, ...of }: ModelFile): Promise<LoadedModel> {
    try {
      const model = await loadModel(of, this.#kernels);
      this.#loaded.set(id, model);
      this.#bytes += model.bytes;
      this.#evict();
      return model;
    } finally {
      this.#loading.delete(id);
    }
  }

  #evict(): void {
    for (const [id, model] of this.#loaded) {
      const full = this.#bytes > this.#maxBytes || this.#loaded.size > this.#maxModels;
      if (!full || this.#loaded.size === 1) return;
      this.#loaded.delete(id);
      this.#bytes -= model.bytes;
    }
  }
}

async function loadModel(of: ModelWeights, kernels: KernelsFactory): Promise<LoadedModel> {
  const file = await readModel(of);
  const bytes = file.byteLength;
  const preparation = readPreparation(readHeader(file).metadata);
  if (preparation.kind === 'stream') return { preparation, decoder: await createDecoder(file, kernels), bytes };
  return { preparation, predictor: await createPredictor(file, kernels, maxRows), bytes };
}
