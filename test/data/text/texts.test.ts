/** Texts of a column as tokens, the same in training and in predict. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeRawTexts, encodeTexts, fitTexts } from '../../../src/data/text/texts.js';
import { readContent } from '../support.js';

const cells = [
  '  Où? ',
  'NA',
  '',
  'a "quoted", text',
  'x'.repeat(500),
  '🎭',
  ...Array.from({ length: 30 }, (_, i) => `${i}`),
];
const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const file = ['note,y', ...cells.map((cell, row) => `${quoted(cell)},${row % 2 ? 'a' : 'b'}`)].join('\n');

test('rows encode to the same tokens from the column and from their raw JSON, with every tokenizer', async () => {
  const { table } = await readContent(file, { format: 'csv' });
  const rows = Int32Array.from(cells.keys());
  const tokenizers = [{ type: 'character' }, { type: 'byte' }, { type: 'bpe', vocabularySize: 264 }] as const;
  for (const tokenizer of tokenizers) {
    const spec = { target: 'y', text: 'note', tokenizer };
    const preparation = fitTexts(table, spec, { rows: rows.subarray(0, 20), context: 12 });
    const x = encodeTexts(preparation, table, rows);
    assert.deepEqual(
      encodeRawTexts(
        preparation,
        cells.map((note) => ({ note })),
      ),
      x,
    );
    assert.deepEqual(
      encodeRawTexts(JSON.parse(JSON.stringify(preparation)), [{ note: cells[0], y: 'a' }]),
      x.slice(0, 12),
    );
  }
});

test('a row is the class token, as much of the text as the context takes, and padding', async () => {
  const { table } = await readContent(file, { format: 'csv' });
  const spec = { target: 'y', text: 'note', tokenizer: { type: 'character' } } as const;
  const preparation = fitTexts(table, spec, { rows: Int32Array.of(0, 4), context: 5 });
  assert.equal(preparation.tokenizer.type === 'character' && preparation.tokenizer.characters, '?Oxù');
  assert.deepEqual(
    [...encodeTexts(preparation, table, Int32Array.of(0, 1, 4, 5))],
    [
      ...[2, 4, 6, 3, 0],
      ...[2, 0, 0, 0, 0], // missing
      ...[2, 5, 5, 5, 5], // cut
      ...[2, 1, 0, 0, 0], // a character that the fitted rows lack
    ],
  );
});
