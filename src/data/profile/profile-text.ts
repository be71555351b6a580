/** The profile of one text: its characters, its lines, and what is in it twice. */
import type { RowsConcerned, TextProfile } from '../../schemas/profile.js';
import { firstEqualRows, mixBytes, newRowHashes } from '../row-hashes.js';
import { entropyOf, mostFrequent } from './categories.js';
import { type NewProblem, percent, sortProblems } from './problems.js';
import { noteRow, rowList } from './row-list.js';
import { describeTexts } from './texts.js';

const newline = 10;
const shortText = 100_000;
/** A line shorter than this may well be written twice. */
const lineBytes = 20;
const manyRepeated = 0.1;

export function profileText(text: Uint8Array): Omit<TextProfile, 'datasetId'> {
  const counts = countCharacters(text);
  const counted = Array.from(counts, ([point, count]) => ({ value: String.fromCodePoint(point), count }));
  const characters = counted.reduce((sum, { count }) => sum + count, 0);
  const offsets = linesOf(text);
  const lines = describeTexts(text, offsets);
  if (!lines) throw new Error('a text without a line was stored');
  const { repeated, long } = repeatedLines(text, offsets);
  return {
    ...{ kind: 'text', characters, distinctCharacters: counts.size, topCharacters: mostFrequent(counted) },
    entropy: entropyOf(counted.map(({ count }) => count)),
    ...{ lines, repeatedLines: repeated },
    problems: sortProblems(problemsOf(characters, repeated, long)),
  };
}

/** By code point, in the order in which they are first met. */
function countCharacters(text: Uint8Array): Map<number, number> {
  const counts = new Map<number, number>();
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const chunk = 1 << 20;
  const count = (part: string) => {
    for (const character of part) {
      const point = character.codePointAt(0)!;
      counts.set(point, (counts.get(point) ?? 0) + 1);
    }
  };
  for (let from = 0; from < text.length; from += chunk) {
    count(decoder.decode(text.subarray(from, from + chunk), { stream: true }));
  }
  count(decoder.decode());
  return counts;
}

/** [lines + 1]: where each begins; a line ends with its newline. */
function linesOf(text: Uint8Array): Float64Array {
  const starts = [0];
  for (let at = text.indexOf(newline); at >= 0; at = text.indexOf(newline, at + 1)) starts.push(at + 1);
  if (starts.at(-1) !== text.length) starts.push(text.length);
  return Float64Array.from(starts);
}

function repeatedLines(text: Uint8Array, offsets: Float64Array): { repeated: RowsConcerned; long: number } {
  const rows = offsets.length - 1;
  const hashes = newRowHashes(rows);
  const lengthOf = (row: number) => offsets[row + 1]! - offsets[row]!;
  for (let row = 0; row < rows; row++) mixBytes(hashes, row, text.subarray(offsets[row]!, offsets[row + 1]!));
  const repeated = rowList();
  let long = 0;
  firstEqualRows(hashes).forEach((earlier, row) => {
    if (lengthOf(row) < lineBytes) return;
    long++;
    if (earlier !== row) noteRow(repeated, row);
  });
  return { repeated, long };
}

function problemsOf(characters: number, repeated: RowsConcerned, long: number): NewProblem[] {
  const problems: NewProblem[] = [];
  if (characters < shortText) {
    problems.push({
      ...{ code: 'short_text', severity: 'info' },
      message: `${characters} characters are few: a model will learn them by heart before it learns how they follow one another`,
      remedy: 'Add text of the same kind, or take a small model and stop early',
    });
  }
  if (repeated.count > manyRepeated * long) {
    problems.push({
      ...{ code: 'repeated_lines', severity: 'warning', rows: repeated },
      message: `${repeated.count} lines (${percent(repeated.count, long)} of those with ${lineBytes} bytes or more) were there before: the validation part may hold what trained`,
      remedy: 'Leave the repetitions out and upload the text again',
    });
  }
  return problems;
}
