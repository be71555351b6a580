/** A table to learn word order from: lines of a text as they stand, and as many with their words in another order. */
import { permutation, streamNumber } from '../src/engine/index.js';

const seed = 1;
/** A line of fewer words is often as good in another order. */
const leastWords = 5;

/** CSV with the columns `line` and `order`: every other line that is long enough is shuffled, the same on each call. */
export function shuffledLines(text: string): string {
  const lines = text.split('\n').filter((line) => line.split(' ').length >= leastWords);
  const rows = lines.map((line, index) => {
    const words = line.split(' ');
    if (index % 2 === 0) return `${quoted(line)},kept`;
    const order = permutation(words.length, seed, streamNumber('shuffle'), index);
    return `${quoted([...order].map((place) => words[place]).join(' '))},shuffled`;
  });
  return ['line,order', ...rows, ''].join('\n');
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
