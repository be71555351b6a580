/** One token out of a model's probabilities. */

export interface Choice {
  /** Tokens from … to − 1 can be drawn: special ones are no text. */
  from: number;
  to: number;
  /** 0: the likeliest; 1: as the model has it; the higher, the more even. */
  temperature: number;
  /** How many of the likeliest can be drawn; all where it is left out. */
  topK: number | undefined;
  /** Of those, only the fewest likeliest that have this share of the probability: the nucleus (Holtzman et al. 2020). */
  topP: number;
}

/** `draw` is uniform in [0, 1). Of equally likely tokens the lower comes first. */
export function sampleToken(
  probabilities: Float32Array,
  { from, to, temperature, topK, topP }: Choice,
  draw: number,
): number {
  const tokens = Array.from({ length: to - from }, (_, index) => from + index);
  tokens.sort((a, b) => probabilities[b]! - probabilities[a]! || a - b);
  if (temperature === 0) return tokens[0]!;
  const candidates = tokens.slice(0, topK);
  const greatest = probabilities[candidates[0]!]!;
  // p^(1 / temperature), relative to the greatest so that none is lost to rounding
  const weights = candidates.map((token) => (probabilities[token]! / greatest) ** (1 / temperature));
  const nucleus = nucleusOf(weights, topP);
  let left = draw * sum(nucleus);
  const chosen = nucleus.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
  return candidates[chosen] ?? candidates[0]!; // sums may differ in their last bit
}

/** The first weights, descending, up to the one with which they reach the share of all. */
function nucleusOf(weights: readonly number[], share: number): readonly number[] {
  let left = share * sum(weights);
  const last = weights.findIndex((weight) => {
    left -= weight;
    return left <= 0;
  });
  return last < 0 ? weights : weights.slice(0, last + 1);
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
