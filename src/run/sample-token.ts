/** One token out of a model's probabilities. */

export interface Choice {
  /** Tokens from … to − 1 can be drawn: special ones are no text. */
  from: number;
  to: number;
  /** 0: the likeliest; 1: as the model has it; the higher, the more even. */
  temperature: number;
  /** How many of the likeliest can be drawn; all where it is left out. */
  topK: number | undefined;
}

/** `draw` is uniform in [0, 1). Of equally likely tokens the lower comes first. */
export function sampleToken(
  probabilities: Float32Array,
  { from, to, temperature, topK }: Choice,
  draw: number,
): number {
  const tokens = Array.from({ length: to - from }, (_, index) => from + index);
  tokens.sort((a, b) => probabilities[b]! - probabilities[a]! || a - b);
  if (temperature === 0) return tokens[0]!;
  const candidates = tokens.slice(0, topK);
  const greatest = probabilities[candidates[0]!]!;
  // p^(1 / temperature), relative to the greatest so that none is lost to rounding
  const weights = candidates.map((token) => (probabilities[token]! / greatest) ** (1 / temperature));
  let left = draw * weights.reduce((sum, weight) => sum + weight, 0);
  const chosen = weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
  return candidates[chosen] ?? candidates[0]!; // sums may differ in their last bit
}
