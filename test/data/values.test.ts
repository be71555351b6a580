import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isMissing, parseDate, trimmed } from '../../src/data/values.js';

test('"", NA, N/A, NaN, null and ? are missing in any case, and nothing else is', () => {
  for (const marker of ['', 'NA', 'na', 'N/A', 'n/a', 'NaN', 'nan', 'NULL', 'null', '?'])
    assert.equal(isMissing(marker), true, marker);
  for (const value of ['-', 'none', 'nil', '0', 'NAN.', '??', 'N A', 'undefined'])
    assert.equal(isMissing(value), false, value);
});

test('ASCII white space is trimmed, no-break spaces and byte order marks are kept', () => {
  assert.equal(trimmed(' \t\r\n a b \f\v'), 'a b');
  assert.equal(trimmed('\u00a0a\ufeff'), '\u00a0a\ufeff');
});

test('parseDate agrees with Date on every instant from year 0 to 9999, to the millisecond', () => {
  const instant = fc.date({
    min: new Date('0000-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(instant, fc.integer({ min: -14 * 60 + 1, max: 14 * 60 }), (date, offsetMinutes) => {
      const iso = date.toISOString();
      assert.equal(parseDate(iso), date.getTime());
      assert.equal(parseDate(iso.slice(0, 10)), Date.parse(iso.slice(0, 10)));
      const [hours, minutes] = [Math.floor(Math.abs(offsetMinutes) / 60), Math.abs(offsetMinutes) % 60];
      const two = (count: number) => String(count).padStart(2, '0');
      const shifted = `${iso.slice(0, -1)}${offsetMinutes < 0 ? '-' : '+'}${two(hours)}:${two(minutes)}`;
      assert.equal(parseDate(shifted), date.getTime() - offsetMinutes * 60_000);
      assert.equal(parseDate(`${iso.slice(0, 10)} ${iso.slice(11, 16)}`), Date.parse(`${iso.slice(0, 16)}Z`));
    }),
  );
});

test('what only looks like a date is none', () => {
  const not = [
    '2023-02-29',
    '2023-00-10',
    '2023-13-01',
    '2023-04-31',
    '2023-01-01T24:00',
    '2023-01-01T10:60',
    '01/02/2023',
  ];
  for (const text of [...not, '2023-1-1', '20230101', '2023-01-01T10', '2023-01-01T10:00+25:00', '2023-01-01T10:00 ']) {
    assert.equal(parseDate(text), null, text);
  }
  assert.equal(parseDate('2024-02-29'), Date.UTC(2024, 1, 29));
});
