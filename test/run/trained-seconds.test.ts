import assert from 'node:assert/strict';
import { it } from 'node:test';
import { trainedSeconds } from '../../src/run/trained-seconds.js';
import type { JobState, Transition } from '../../src/schemas/job.js';

const at = (second: number): Date => new Date(Date.UTC(2026, 0, 1, 0, 0, second));
const history = (...steps: [JobState, number][]): Transition[] =>
  steps.map(([to, second], index) => {
    const from = steps[index - 1]?.[0] ?? null;
    return { from, to, at: at(second).toISOString(), actor: 'client', reason: null };
  });

it('counts from running to queued or paused, the open attempt up to now, and no waiting', () => {
  const transitions = history(
    ...([
      ['queued', 0],
      ['running', 5],
      ['queued', 8], // 3 s
      ['running', 20],
      ['pausing', 21],
      ['paused', 22], // 2 s
      ['queued', 30],
      ['running', 40],
    ] satisfies [JobState, number][]),
  );
  assert.equal(trainedSeconds(transitions, at(47)), 3 + 2 + 7);
  assert.equal(trainedSeconds(history(['queued', 0]), at(9)), 0);
});
