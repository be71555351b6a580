/** Rows in the order of a score, for the metrics that see nothing of a score but the order. */

/** Rows of one score, which no threshold parts. */
export interface Tie {
  readonly score: number;
  readonly positives: number;
  readonly negatives: number;
}

export interface Ranking {
  readonly positives: number;
  readonly negatives: number;
  /** From the highest score to the lowest. */
  readonly ties: readonly Tie[];
}

/** Scores are in [0, 1], where the bits of float32 have the order of its values: score and class are sorted as one number. */
export function rank(scores: Float32Array, isPositive: (row: number) => boolean): Ranking {
  const bits = new Uint32Array(scores.buffer, scores.byteOffset, scores.length);
  const keys = Float64Array.from(bits, (word, row) => 2 * word + Number(isPositive(row))).sort();
  const ties: { score: number; positives: number; negatives: number }[] = [];
  const word = new Uint32Array(1);
  const score = new Float32Array(word.buffer); // of the word
  let [positives, last] = [0, -1];
  for (let at = keys.length - 1; at >= 0; at--) {
    const key = keys[at]!;
    const positive = key % 2;
    word[0] = (key - positive) / 2;
    if (word[0] !== last) ties.push({ score: score[0]!, positives: 0, negatives: 0 });
    last = word[0];
    const tie = ties.at(-1)!;
    tie.positives += positive;
    tie.negatives += 1 - positive;
    positives += positive;
  }
  return { positives, negatives: keys.length - positives, ties };
}
