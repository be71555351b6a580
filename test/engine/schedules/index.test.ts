/** Learning rates of schedules against PyTorch's, warm-up in front of each, and the plateau's count. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Schema from 'typebox/schema';
import { fillDefaults } from '../../../src/engine/defaults.js';
import {
  learningRateAt,
  type ResolvedScheduleSpec,
  ScheduleSpec,
  schedules,
} from '../../../src/engine/schedules/index.js';
import { startPlateau, watchPlateau } from '../../../src/engine/schedules/plateau.js';
import { assertClose, goldenCases } from '../golden.js';

interface ScheduleCase {
  schedule: string;
  params: { learningRate: number; warmupSteps?: number; [field: string]: unknown };
  rates: number[];
}

const resolve = (spec: unknown) => {
  assert.ok(Schema.Check(ScheduleSpec, spec), JSON.stringify(spec));
  return fillDefaults(ScheduleSpec, spec) as ResolvedScheduleSpec;
};
const at = { totalSteps: 20, learningRate: 0.1, reductions: 0 };

/** One spec a schedule, typed over the union. */
const examples: { readonly [Type in ScheduleSpec['type']]: Extract<ScheduleSpec, { type: Type }> } = {
  constant: { type: 'constant' },
  step: { type: 'step', stepSize: 3 },
  exponential: { type: 'exponential', factor: 0.9 },
  cosine: { type: 'cosine', minimum: 0.01 },
  plateau: { type: 'plateau' },
};

describe('schedules', () => {
  it('step, exponential and cosine, with and without warm-up, follow 4 golden series of 20 rates and more', () => {
    const cases = goldenCases<ScheduleCase>('schedules.json');
    assert.equal(cases.length, 4);
    for (const { schedule, params, rates } of cases) {
      const { learningRate, warmupSteps = 0, ...fields } = params;
      const spec = resolve({ type: schedule, ...fields, warmup: warmupSteps });
      const got = rates.map((_, step) => learningRateAt(spec, { step, totalSteps: 999, learningRate, reductions: 0 }));
      assertClose(
        got.map((rate) => rate / learningRate),
        rates.map((rate) => rate / learningRate),
        `${schedule} ${JSON.stringify(params)}`,
      );
    }
  });

  for (const type of Object.keys(schedules) as ScheduleSpec['type'][]) {
    it(`${type}: a warm-up of 4 rises by fifths to the full rate, behind which the schedule runs as without it`, () => {
      const plain = resolve(examples[type]);
      const warmed = resolve({ ...examples[type], warmup: 4 });
      for (let step = 0; step < 4; step++) {
        assertClose([learningRateAt(warmed, { ...at, step })], [(0.1 * (step + 1)) / 5], `step ${step}`);
      }
      for (let step = 4; step < 20; step++) {
        const shorter = { ...at, totalSteps: 16 };
        assertClose(
          [learningRateAt(warmed, { ...at, step })],
          [learningRateAt(plain, { ...shorter, step: step - 4 })],
          `step ${step}`,
        );
      }
    });
  }

  it('cosine without totalSteps ends with the run', () => {
    assertClose([learningRateAt(resolve(examples.cosine), { ...at, step: 20 })], [0.01], 'last rate');
  });

  it('plateau reduces after `patience` evaluations without improvement, then waits as long again, and keeps its minimum', () => {
    const spec = resolve({ type: 'plateau', patience: 2, factor: 0.5, minimum: 0.02 });
    assert.ok(spec.type === 'plateau');
    let state = startPlateau;
    const reductions = [5, 4, 4, 4, 4, 4, 3, 3, 3].map((value, step) => {
      state = watchPlateau(state, spec, { value, step });
      return state.reductions;
    });
    assert.deepEqual(reductions, [0, 0, 0, 1, 1, 2, 2, 2, 3]);
    const rates = [0, 1, 2, 3].map((count) => learningRateAt(spec, { ...at, step: 0, reductions: count }));
    assertClose(rates, [0.1, 0.05, 0.025, 0.02], 'rates');
    // A minimum above the rate does not raise it.
    assertClose([learningRateAt({ ...spec, minimum: 1 }, { ...at, step: 0 })], [0.1], 'rate');
  });
});
