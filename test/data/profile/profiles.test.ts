/** The profiles of texts and images, and the hashes that find equal rows. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { describeImages } from '../../../src/data/images/image-file.js';
import { profileImages } from '../../../src/data/profile/profile-images.js';
import { profileText } from '../../../src/data/profile/profile-text.js';
import { firstEqualRows, mixColumn, newRowHashes } from '../../../src/data/row-hashes.js';
import { projectRoot } from '../../../src/paths.js';
import { bars } from '../images/support.js';

test('a text’s characters, lines and repetitions are counted', async () => {
  const play = await readFile(join(projectRoot, 'examples/data/tinyshakespeare.txt'));
  const { characters, distinctCharacters, topCharacters, entropy, lines, problems } = profileText(play);
  assert.deepEqual([characters, distinctCharacters, topCharacters[0]], [1_115_394, 65, { value: ' ', count: 169_892 }]);
  assert.ok(Math.abs(entropy - 3.3128) < 1e-3, `${entropy}`);
  assert.ok(lines.vocabulary > 10_000 && lines.topWords[0]!.value === 'the');
  assert.deepEqual(problems, []);

  const line = 'Once more unto the breach, dear friends.\n';
  const repeated = profileText(Buffer.from(`${line.repeat(5)}é\n`));
  assert.deepEqual(repeated.repeatedLines, { count: 4, first: [1, 2, 3, 4] });
  assert.equal(repeated.distinctCharacters, new Set(`${line}é`).size);
  assert.deepEqual(
    repeated.problems.map(({ code }) => code),
    ['repeated_lines', 'short_text'],
  );
});

test('images: channels’ moments, blank ones, equal ones, and equal ones with another label', () => {
  const { images, labels } = bars(40);
  const [pixels, answers] = [Buffer.from(images.subarray(16)), Buffer.from(labels.subarray(8))];
  const size = 30;
  pixels.fill(9, 0, size); // blank
  pixels.copyWithin(size, 2 * size, 3 * size); // image 2 equals image 1
  answers[1] = 1 - answers[2]!;
  pixels.copyWithin(7 * size, 5 * size, 6 * size); // image 7 equals image 5, and both stand
  const contents = describeImages({ shape: [1, 6, 5], classes: ['0', '1'], labels: answers, testRowCount: 0 });
  const profileOf = (dropsDuplicates: boolean) =>
    profileImages(
      { contents, pixels, labels: answers },
      { split: { type: 'random', folds: null, validation: 0.2, test: 0.2, stratify: true }, dropsDuplicates, seed: 1 },
    );
  const profile = profileOf(false);
  assert.deepEqual(profile.duplicates.rows, { count: 1, first: [7] });
  const splitRowsOf = ({ overlap }: typeof profile) => overlap!.train + overlap!.validation + overlap!.test;
  assert.deepEqual([splitRowsOf(profile), splitRowsOf(profileOf(true))], [40, 39]);
  assert.deepEqual(profile.blank, { count: 1, first: [0] });
  assert.deepEqual(profile.duplicates.conflicting, { count: 1, first: [2] });
  const mean = pixels.reduce((sum, pixel) => sum + pixel, 0) / pixels.length;
  assert.ok(Math.abs(profile.mean[0]! - mean) < 1e-9);
  const codes = new Set(profile.problems.map(({ code }) => code));
  for (const code of ['blank_images', 'conflicting_labels', 'few_rows'] as const) assert.ok(codes.has(code), code);
});

test('rows are equal where every column is: 0 as −0, a missing value as another', () => {
  const cell = fc.constantFrom(0, -0, 1, -1, 0.5, Number.NaN, 2 ** 40, 2 ** 40 + 1);
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, fc.integer({ min: -1, max: 2 }))), (rows) => {
      const hashes = newRowHashes(rows.length);
      const numbers = (index: 0 | 1) => Float64Array.from(rows, (row) => row[index]);
      mixColumn(hashes, { type: 'number', values: numbers(0) });
      mixColumn(hashes, { type: 'date', values: numbers(1) });
      mixColumn(hashes, { type: 'category', codes: Int32Array.from(rows, (row) => row[2]), values: ['a', 'b', 'c'] });
      const keys = rows.map((row) => row.map((value) => String(value + 0)).join());
      assert.deepEqual(
        [...firstEqualRows(hashes)],
        keys.map((key) => keys.indexOf(key)),
      );
    }),
  );
});
