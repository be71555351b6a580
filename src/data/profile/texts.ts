/** What is said of texts: the rows of a column, or the lines of a file. */
import type { LengthsProfile } from '../../schemas/profile.js';
import { mostFrequent } from './categories.js';
import { describeNumbers } from './numbers.js';

/** Words are looked up in so much text from the start, and so many of them are told apart. */
const bytesRead = 20_000_000;
const mostWords = 100_000;

/** Row r is bytes[offsets[r], offsets[r + 1]), UTF-8. Empty ones are missing; null where all are. */
export function describeTexts(bytes: Uint8Array, offsets: Float64Array): LengthsProfile | null {
  const rows = offsets.length - 1;
  const [characters, words] = [new Float64Array(rows).fill(Number.NaN), new Float64Array(rows).fill(Number.NaN)];
  for (let row = 0; row < rows; row++) {
    const [from, to] = [offsets[row]!, offsets[row + 1]!];
    if (from === to) continue;
    const lengths = measure(bytes, from, to);
    characters[row] = lengths.characters;
    words[row] = lengths.words;
  }
  const described = [describeNumbers(characters), describeNumbers(words)] as const;
  if (!described[0] || !described[1]) return null;
  const counts = countWords(bytes, offsets);
  const counted = Array.from(counts, ([value, count]) => ({ value, count }));
  return {
    characters: described[0].profile,
    words: described[1].profile,
    vocabulary: counts.size,
    topWords: mostFrequent(counted),
  };
}

/** Code points, and runs of anything but ASCII's blanks. */
function measure(bytes: Uint8Array, from: number, to: number): { characters: number; words: number } {
  let [characters, words, inWord] = [0, 0, false];
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    if ((byte & 0xc0) !== 0x80) characters++;
    const isBlank = byte === 0x20 || (byte >= 9 && byte <= 13);
    if (!isBlank && !inWord) words++;
    inWord = !isBlank;
  }
  return { characters, words };
}

/** In lower case, without the punctuation around them. */
function countWords(bytes: Uint8Array, offsets: Float64Array): Map<string, number> {
  const counts = new Map<string, number>();
  const decoder = new TextDecoder();
  for (let row = 0; row + 1 < offsets.length && offsets[row]! < bytesRead; row++) {
    const text = decoder.decode(bytes.subarray(offsets[row]!, offsets[row + 1]!)).toLowerCase();
    for (const [word] of text.matchAll(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu)) {
      const count = counts.get(word);
      if (count !== undefined || counts.size < mostWords) counts.set(word, (count ?? 0) + 1);
    }
  }
  return counts;
}
