/** Watching a metric: what counts as better, and how long since. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { unwatched, type WatchSpec, watch } from '../../src/engine/watch.js';

const follow = (spec: WatchSpec, values: readonly number[]) =>
  values.reduce((state, value, index) => watch(state, spec, { value, step: index + 1 }), unwatched);

describe('watch', () => {
  it('takes losses down and accuracies up by itself, and the other way where told', () => {
    assert.deepEqual(follow({ metric: 'validation.loss', mode: 'auto' }, [3, 1, 2]), { value: 1, step: 2, waited: 1 });
    assert.deepEqual(follow({ metric: 'validation.accuracy', mode: 'auto' }, [0.3, 0.1, 0.2]), {
      value: 0.3,
      step: 1,
      waited: 2,
    });
    assert.deepEqual(follow({ metric: 'validation.loss', mode: 'max' }, [3, 1, 2]), { value: 3, step: 1, waited: 2 });
  });

  it('an equal value is no improvement, nor is one by minDelta or less', () => {
    assert.equal(follow({ metric: 'validation.loss', mode: 'auto' }, [1, 1, 1]).waited, 2);
    assert.equal(follow({ metric: 'validation.loss', mode: 'auto', minDelta: 0.5 }, [2, 1.5, 1.25]).step, 3);
  });

  it('a NaN or an infinity is never the best, not even where it comes first, and is waited through', () => {
    const [nan, up, down] = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    assert.deepEqual(follow({ metric: 'validation.loss', mode: 'auto' }, [nan, down, 3, nan, down]), {
      ...{ value: 3, step: 3, waited: 2 },
    });
    assert.deepEqual(follow({ metric: 'validation.accuracy', mode: 'auto' }, [up, nan]), {
      ...{ value: null, step: 0, waited: 2 },
    });
  });
});
