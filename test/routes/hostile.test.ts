/** Bodies made at random, near and far from what the schemas want: none is ever answered with a 5xx. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { hostileValue, places, replaced } from '../fuzz/hostile-values.js';
import { specOf, startApi, type TestApi, uploadPenguins } from './support.js';

let api: TestApi;
let spec: ReturnType<typeof specOf>;

before(async () => {
  api = await startApi();
  spec = specOf(await uploadPenguins(api), {
    optimizer: { type: 'adam', learningRate: 0.1 },
    training: { epochs: 1, batchSize: 8, seed: 1, clipNorm: 1 },
    evaluation: { metrics: ['accuracy'], best: { metric: 'validation.loss' } },
    earlyStopping: { type: 'none' },
    limits: { maxSeconds: 1 },
    metadata: { a: 'b' },
  });
});

const status = async (url: string, payload: string): Promise<number> =>
  (await api.inject({ method: 'POST', url, payload, headers: { 'content-type': 'application/json' } })).statusCode;

test('500 random JSON values are refused with 4xx by both job routes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.json(), fc.constantFrom('/v1/jobs', '/v1/jobs/plan'), async (body, url) => {
      const code = await status(url, body);
      assert.ok(code >= 400 && code < 500, `${code}: ${body}`);
    }),
    { numRuns: 500, seed: 1 },
  );
});

test('500 good specs with one value replaced at random are accepted or refused with 4xx', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...places(spec)), hostileValue, async (place, value) => {
      const body = JSON.stringify(replaced(spec, place, value)) ?? 'null';
      const code = await status('/v1/jobs/plan', body);
      assert.ok(code === 200 || (code >= 400 && code < 500), `${code}: ${body}`);
    }),
    { numRuns: 500, seed: 2 },
  );
});
