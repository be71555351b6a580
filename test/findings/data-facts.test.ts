/** Facts of the data: that they are gathered with a sign of life, however large the table is. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDataset } from '../../src/data/stored-dataset.js';
import { describeData } from '../../src/findings/data-facts.js';
import { prepareTrainingData } from '../../src/run/training-data.js';
import { inMemory } from '../run/fixtures.js';
import { prepareExample, specOf } from '../workers/support.js';

test('each column of a table that is described is a sign of life: a thread without one is killed as hung', async () => {
  const mpg = await prepareExample('mpg');
  const spec = specOf(mpg, 'mpg', { model: { type: 'mlp' } });
  const stored = openDataset(mpg.columnsPath);
  const prepared = prepareTrainingData(stored, spec, { ...inMemory, onProgress: () => undefined });
  let signs = 0;
  const { columns } = describeData({ ...prepared, stored, spec, onProgress: () => signs++ });
  stored.close();
  assert.ok(columns.length >= 7);
  assert.ok(signs >= columns.length, `${signs} signs of ${columns.length} columns`);
});
