/** Draws from the symmetric beta distribution, which says how much of a row a mixture keeps. */
import type { Draws } from '../../engine/index.js';

/** λ ~ Beta(α, α): a / (a + b) for a, b ~ Gamma(α), from their logarithms since a small α underflows. */
export function beta(alpha: number, draws: Draws): number {
  const [a, b] = [logGamma(alpha, draws), logGamma(alpha, draws)];
  return 1 / (1 + Math.exp(b - a));
}

/** Logarithm of a draw from Gamma(shape): Marsaglia & Tsang 2000; below 1, Gamma(shape + 1) · U^(1 / shape). */
function logGamma(shape: number, draws: Draws): number {
  if (shape < 1) return logGamma(shape + 1, draws) + Math.log(positive(draws)) / shape;
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = draws.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(positive(draws)) < x ** 2 / 2 + d * (1 - v + Math.log(v))) return Math.log(d * v);
  }
}

/** Uniform in (0, 1]. */
const positive = (draws: Draws): number => 1 - draws.uniform();
