/**
 * Tokens a second of a character GPT of 4 layers (4 heads, width 128, context 64, vocabulary 65), with sampling and all that
 * the predict process does to a token but sending it: from what is kept of the tokens before, and by the window alone. Exits
 * with 1 where the kernels that the service takes stay below 2,000.
 *
 *     node dist/bench/generate.js [--rounds n] [--seconds of each backend] [--json file]
 */
import { parseArgs } from 'node:util';
import type { StreamPreparation } from '../src/data/text/prepare-stream.js';
import {
  chooseKernels,
  createDecoder,
  createPredictor,
  createTrainer,
  type DataShape,
  type KernelsFactory,
  resolveEngineSpec,
} from '../src/engine/index.js';
import { generate } from '../src/run/generate.js';
import { machine, measureInTurns, writeJson } from './harness.js';

const { values: options } = parseArgs({
  options: {
    json: { type: 'string' },
    rounds: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '30' },
  },
});
const leastTokensPerSecond = 2000;
const [context, vocabulary] = [64, 65];
const characters = Array.from({ length: vocabulary - 1 }, (_, index) => String.fromCodePoint(0x30 + index)).join('');
const preparation: StreamPreparation = {
  kind: 'stream',
  task: 'languageModel',
  tokenizer: { type: 'character', special: ['unknown'], characters },
};

/** A model after one step: how fast it is has nothing to do with what it learnt. */
async function checkpointOf(kernels: KernelsFactory): Promise<Uint8Array> {
  const tokens = { targets: 'position', vocabulary, padding: null } as const;
  const shape: DataShape = {
    ...{ task: 'classification', inputs: context, outputs: vocabulary, tokens },
    rows: { train: 1, validation: 0, test: 0 },
  };
  const spec = resolveEngineSpec(
    { model: { type: 'gpt', layers: 4, heads: 4, width: 128, context }, training: { steps: 1, batchSize: 1 } },
    shape,
  );
  const none = { rows: 0, x: new Int32Array(0), y: new Int32Array(0) };
  const train = { rows: 1, x: Int32Array.from({ length: context }, (_, at) => at), y: new Int32Array(context) };
  const trainer = await createTrainer({ spec, shape, kernels, data: { train, validation: none, test: none } });
  for (const event of trainer.run()) if (event.type === 'checkpoint') return event.bytes;
  throw new Error('the run made no checkpoint');
}

async function tokensPerSecond(kernels: KernelsFactory) {
  const checkpoint = await checkpointOf(kernels);
  const model = { preparation, decoder: await createDecoder(checkpoint, kernels), bytes: checkpoint.length };
  const predictor = await createPredictor(checkpoint, kernels, 1);
  const request = { prompt: '0', temperature: 1, topP: 0.9, stop: ['~~'], seed: 1 };
  const window = new Int32Array(context);
  const seconds = await measureInTurns(
    {
      cached: {
        async run(maxTokens) {
          const start = performance.now();
          const generation = generate(model, { ...request, maxTokens });
          while (!(await generation.next()).done);
          return (performance.now() - start) / 1000;
        },
      },
      uncached: {
        run(count) {
          const start = performance.now();
          for (let token = 0; token < count; token++) predictor.predict(window, 1);
          return (performance.now() - start) / 1000;
        },
      },
    },
    { rounds: Number(options.rounds), seconds: Number(options.seconds) },
  );
  return { cached: 1 / seconds.cached, uncached: 1 / seconds.uncached };
}

console.log(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}`);
const report: Record<string, { cached: number; uncached: number }> = {};
for (const name of ['auto', 'wasm'] as const) {
  const { factory } = chooseKernels(name);
  const rates = await tokensPerSecond(factory);
  report[factory.name] = rates;
  const ratio = rates.cached / rates.uncached;
  console.log(
    `${factory.name}: ${rates.cached.toFixed(0)} tokens/s, ${rates.uncached.toFixed(0)} uncached: ratio ${ratio.toFixed(1)}`,
  );
  if (name === 'auto' && rates.cached < leastTokensPerSecond) process.exitCode = 1;
}
writeJson(options.json, { machine, tokensPerSecond: report });
