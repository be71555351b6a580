/**
 * Learns merges: again and again the two tokens that most often stand side by side become one. Counts are kept up to date
 * word by word, so that a merge costs what it changes. Of pairs that are as frequent, the one of lesser tokens comes first.
 */
import { byteValues } from './byte.js';
import { MaxHeap } from './max-heap.js';

export type Merge = [left: number, right: number];

/** Vocabularies have at most so many tokens, so that a pair is one number. */
const mostTokens = 65_536;
export const pairKey = (left: number, right: number): number => left * mostTokens + right;

/** A pair that stands once is nobody's habit. */
const leastCount = 2;

interface Word {
  tokens: readonly number[];
  /** Times that the texts have it. */
  count: number;
}

/** At most `most` merges, fewer where no pair is left that stands twice. */
export function trainMerges(words: ReadonlyMap<string, number>, most: number): Merge[] {
  const all = Array.from(words, ([word, count]): Word => ({ tokens: [...Buffer.from(word)], count }));
  const pairs = new PairCounts();
  for (const word of all) pairs.add(word);
  const merges: Merge[] = [];
  while (merges.length < most) {
    const pair = pairs.mostFrequent();
    if (pair === null) break;
    const merged = byteValues + merges.push(pair) - 1;
    for (const word of pairs.wordsWith(pair)) {
      pairs.remove(word);
      word.tokens = mergePair(word.tokens, pair, merged);
      pairs.add(word);
    }
  }
  return merges;
}

/** From left to right; a token is in one pair only. */
export function mergePair(tokens: readonly number[], [left, right]: Merge, merged: number): number[] {
  const after: number[] = [];
  for (let at = 0; at < tokens.length; at++) {
    if (tokens[at] === left && tokens[at + 1] === right) {
      after.push(merged);
      at++;
    } else after.push(tokens[at]!);
  }
  return after;
}

/** How often each pair stands in the words, and in which. */
class PairCounts {
  readonly #counts = new Map<number, number>();
  readonly #words = new Map<number, Set<Word>>();
  /** Pairs whose count is no longer what the heap says. */
  readonly #changed = new Set<number>();
  readonly #heap = new MaxHeap();

  add(word: Word): void {
    for (const key of keysOf(word)) {
      this.#change(key, word.count);
      const words = this.#words.get(key);
      if (words) words.add(word);
      else this.#words.set(key, new Set([word]));
    }
  }

  remove(word: Word): void {
    for (const key of keysOf(word)) {
      this.#change(key, -word.count);
      this.#words.get(key)?.delete(word);
    }
  }

  #change(key: number, by: number): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + by);
    this.#changed.add(key);
  }

  /** null where none stands often enough. */
  mostFrequent(): Merge | null {
    for (const key of this.#changed) {
      const count = this.#counts.get(key)!;
      if (count >= leastCount) this.#heap.push({ count, key });
    }
    this.#changed.clear();
    for (let top = this.#heap.pop(); top; top = this.#heap.pop()) {
      if (top.count === this.#counts.get(top.key)) return [Math.floor(top.key / mostTokens), top.key % mostTokens];
    }
    return null;
  }

  wordsWith([left, right]: Merge): Word[] {
    return [...(this.#words.get(pairKey(left, right)) ?? [])];
  }
}

const keysOf = ({ tokens }: Word): number[] => tokens.slice(1).map((token, before) => pairKey(tokens[before]!, token));
