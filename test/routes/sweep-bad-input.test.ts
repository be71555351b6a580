/** What a client gets wrong of a sweep is answered with where and why, and leaves nothing behind. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Problem } from './problem-body.js';
import { startApi, type TestApi, uploadPenguins } from './support.js';
import { hidden, learningRate, randomSweep, trialJob } from './sweep-bodies.js';

let api: TestApi;
let dataset: { id: string };

before(async () => {
  api = await startApi();
  dataset = await uploadPenguins(api);
});

const random = (more: object = {}) => randomSweep(dataset, more);
const job = (more: object = {}) => trialJob(dataset, more);

test('names what is wrong with a sweep, and stores nothing', async () => {
  const rate = (parameter: object) =>
    random({ parameters: { '/optimizer/learningRate': { ...learningRate, ...parameter } } });
  const at = (pointer: string, parameter: object) => random({ parameters: { [pointer]: parameter } });
  const asha = (method: object, more: object = {}) =>
    random({ method: { type: 'asha', minSteps: 4, ...method }, budget: { trials: 9 }, ...more });
  const of = (pointer: string) => `/parameters/${pointer.replaceAll('/', '~1')}`;
  const learning = of('/optimizer/learningRate');
  const choices = { type: 'choice', values: Array.from({ length: 32 }, (_, index) => index) };
  const batch = { type: 'int', min: 4, max: 8 };
  const cases: [body: object, status: number, path: string][] = [
    [{}, 400, '/job'],
    [random({ trails: 3 }), 400, '/trails'],
    [random({ name: '' }), 400, '/name'],
    [random({ job: job({ optimiser: {} }) }), 400, '/job/optimiser'],
    [random({ job: job({ dataset: { id: dataset.id, target: 'nothing' } }) }), 422, '/job/dataset/target'],
    [random({ job: job({ dataset: { id: `ds_${'0'.repeat(26)}` } }) }), 422, '/job/dataset/id'],
    [
      random({
        job: job({
          dataset: { id: dataset.id, target: 'species', split: { type: 'random', validation: 0, test: 0.2 } },
        }),
      }),
      422,
      '/job/dataset/split/validation',
    ],
    [
      random({
        job: job({ dataset: { id: dataset.id, target: 'species', split: { type: 'random', test: 0.2, folds: 3 } } }),
      }),
      422,
      '/job/dataset/split/folds',
    ],
    [random({ parameters: {} }), 400, '/parameters'],
    [
      random({ parameters: Object.fromEntries(Array.from({ length: 13 }, (_, i) => [`/model/hidden/${i}`, batch])) }),
      400,
      '/parameters',
    ],
    [at('/optimizer/learningRate', {}), 400, `${learning}/type`],
    [at('/optimizer/learningRate', { type: 'real' }), 400, `${learning}/type`],
    [rate({ min: '1' }), 400, `${learning}/min`],
    [rate({ scale: 'logarithmic' }), 400, `${learning}/scale`],
    [rate({ points: 1 }), 400, `${learning}/points`],
    [rate({ step: 1 }), 400, `${learning}/step`],
    [rate({ max: 1e-4 }), 422, `${learning}/max`],
    [rate({ min: 0 }), 422, `${learning}/min`],
    [rate({ max: 1e31 }), 422, learning],
    [at('/training/batchSize', { ...batch, min: 0.5 }), 400, `${of('/training/batchSize')}/min`],
    [at('/training/batchSize', { ...batch, min: 0 }), 422, of('/training/batchSize')],
    [at('/training/batchSize', { ...batch, step: 5 }), 422, `${of('/training/batchSize')}/step`],
    [at('/training/batchSize', { ...batch, step: 2, scale: 'log' }), 422, `${of('/training/batchSize')}/step`],
    [at('/training/batchSize', { type: 'float', min: 4, max: 8 }), 422, of('/training/batchSize')],
    [at('/model/hidden', { type: 'choice', values: [] }), 400, `${of('/model/hidden')}/values`],
    [at('/model/hidden', { type: 'choice', values: [[8], [9], [8]] }), 422, `${of('/model/hidden')}/values/2`],
    [at('/model/hidden', { type: 'choice', values: [[8], 'wide'] }), 422, of('/model/hidden')],
    [at('/model/hidden/7', batch), 422, of('/model/hidden/7')],
    [at('/optimizer/momentun', learningRate), 422, of('/optimizer/momentun')],
    [at('/nothing/here', learningRate), 422, of('/nothing/here')],
    [at('/training/seed/low', batch), 422, of('/training/seed/low')],
    [at('/__proto__/x', batch), 422, of('/__proto__/x')],
    [at('optimizer', learningRate), 422, '/parameters/optimizer'],
    [
      at('/evaluation/best/metric', { type: 'choice', values: ['validation.loss'] }),
      422,
      of('/evaluation/best/metric'),
    ],
    [
      random({
        parameters: {
          '/optimizer': { type: 'choice', values: [{ type: 'sgd' }] },
          '/optimizer/learningRate': learningRate,
        },
      }),
      422,
      learning,
    ],
    [at('/evaluation', { type: 'choice', values: [{ metrics: ['accuracy'] }] }), 422, of('/evaluation')],
    [at('/dataset/split', { type: 'choice', values: [{ type: 'random', folds: 5 }] }), 422, of('/dataset/split')],
    [at('/dataset/split/validation', { type: 'choice', values: [0.2, 0] }), 422, of('/dataset/split/validation')],
    [
      random({
        parameters: Object.fromEntries(['/training/seed', '/name', '/priority'].map((path) => [path, choices])),
      }),
      422,
      '/parameters',
    ],
    [random({ method: { type: 'bayes' } }), 400, '/method/type'],
    [random({ method: { type: 'tpe', startTrials: 0 } }), 400, '/method/startTrials'],
    [random({ method: { type: 'grid' }, budget: {} }), 422, `${learning}/points`],
    ...(
      [
        [{ '/training/seed': { type: 'int', min: 0, max: 2 ** 31 } }, `${of('/training/seed')}/points`],
        [{ '/training/seed': { type: 'int', min: 0, max: 599 }, '/model/hidden': hidden }, '/parameters'],
      ] as const
    ).map(([parameters, path]): [object, number, string] => [
      random({ method: { type: 'grid' }, budget: {}, parameters }),
      422,
      path,
    ]),
    [random({ method: { type: 'asha' } }), 400, '/method/minSteps'],
    [asha({ eta: 1 }), 400, '/method/eta'],
    [asha({ minSteps: 3 }), 422, '/method/minSteps'],
    // of 64 rows at a time an epoch is over by then, of 8 it is not
    [
      asha(
        { minSteps: 10 },
        {
          job: job({ training: { steps: 36, batchSize: 64 }, evaluation: { everyEpochs: 1 } }),
          parameters: { '/training/batchSize': { type: 'int', min: 8, max: 64 } },
        },
      ),
      422,
      '/method/minSteps',
    ],
    [asha({ minSteps: 36 }), 422, '/method/minSteps'],
    [asha({}, { budget: { trials: 8 } }), 422, '/budget/trials'],
    [random({ objective: { metric: 'train.loss' } }), 400, '/objective/metric'],
    [random({ objective: { metric: 'validation.r2' } }), 422, '/objective/metric'],
    [random({ objective: { mode: 'best' } }), 400, '/objective/mode'],
    [random({ budget: {} }), 422, '/budget'],
    [random({ budget: { trials: 1001 } }), 400, '/budget/trials'],
    [random({ budget: { steps: 0 } }), 400, '/budget/steps'],
    [random({ budget: { seconds: 0 } }), 400, '/budget/seconds'],
    [random({ concurrency: 65 }), 400, '/concurrency'],
    [random({ seed: -1 }), 400, '/seed'],
  ];
  const traces = await api.traces();
  for (const [body, status, path] of cases) {
    const response = await api.inject({ method: 'POST', url: '/v1/sweeps', payload: body });
    const { errors } = response.json<Problem>();
    assert.deepEqual([response.statusCode, errors?.[0]?.path], [status, path], JSON.stringify(body) + response.body);
  }
  assert.deepEqual(await api.traces(), traces);
  assert.equal((await api.inject({ url: `/v1/sweeps/swp_${'0'.repeat(26)}` })).statusCode, 404);
  assert.equal((await api.inject({ url: '/v1/jobs?sweep=swp' })).statusCode, 400);
});
