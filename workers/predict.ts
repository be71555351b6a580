/** Process beside the API: loads models and predicts, by IPC with src/run/prediction-host.ts. Dies with its parent. */
import { loadConfig } from '../src/config.js';
import { chooseKernels } from '../src/engine/index.js';
import { ModelCache } from '../src/run/model-cache.js';
import type { PredictionRequest } from '../src/run/prediction-protocol.js';
import { BatchingPredictor } from '../src/run/predictor.js';

const { factory } = chooseKernels(loadConfig().kernels);
const cache = new ModelCache(factory, { maxBytes: 512 * 2 ** 20, maxModels: 64 });
const predictor = new BatchingPredictor(cache, (reply) => process.send?.(reply));

process.on('message', (request: PredictionRequest) => predictor.add(request));
process.on('disconnect', () => process.exit(0));
// A terminal's Ctrl-C reaches the whole group: the API still answers what it has taken, then disconnects.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
