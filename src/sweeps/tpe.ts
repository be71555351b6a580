/**
 * The tree-structured Parzen estimator (Bergstra et al., "Algorithms for hyper-parameter optimization", NIPS 2011), each
 * parameter for itself: of the trials so far the best make a density l, the others g, and the next place is the one of
 * some drawn from l where l/g is greatest. Places lie in [0, 1).
 */
import type { Draws } from '../engine/index.js';

/** Share of trials that are good ones. */
const gamma = 0.15;
const candidateCount = 24;

interface Observation {
  /** A parameter each. */
  places: readonly number[];
  /** Less is better; Infinity where the trial failed. */
  cost: number;
}

/** Number of choices of each parameter; null: a range. */
type Sizes = readonly (number | null)[];

/** Where to try next. */
export function proposeByTpe(observations: readonly Observation[], sizes: Sizes, draws: Draws): number[] {
  const sorted = [...observations].sort((a, b) => a.cost - b.cost || 0);
  const goodCount = Math.ceil(gamma * sorted.length);
  return sizes.map((size, index) => {
    const places = sorted.map((observation) => observation.places[index]!);
    const density = (centres: readonly number[]) => (size === null ? parzen(centres) : histogram(centres, size));
    const [good, bad] = [density(places.slice(0, goodCount)), density(places.slice(goodCount))];
    const candidates = Array.from({ length: candidateCount }, () => good.draw(draws));
    const ratios = candidates.map((place) => good.at(place) / bad.at(place));
    return candidates[ratios.indexOf(Math.max(...ratios))]!;
  });
}

interface Density {
  at(place: number): number;
  draw(draws: Draws): number;
}

/** Counts with one more of each choice: none is ever out of reach. */
function histogram(places: readonly number[], size: number): Density {
  const weights = new Array<number>(size).fill(1);
  for (const place of places) weights[Math.floor(place * size)]!++;
  const total = places.length + size;
  return {
    at: (place) => weights[Math.floor(place * size)]! / total,
    draw(draws) {
      let left = draws.uniform() * total;
      let choice = 0;
      for (; left >= weights[choice]!; choice++) left -= weights[choice]!;
      return (choice + 0.5) / size;
    },
  };
}

/** A Gaussian on each centre, cut off at 0 and 1, as wide as its farther neighbour is away; and the uniform density. */
function parzen(centres: readonly number[]): Density {
  const sorted = [...centres].sort((a, b) => a - b);
  const least = 1 / Math.min(100, sorted.length + 2);
  const kernels = sorted.map((centre, index) => {
    const gaps = [centre - (sorted[index - 1] ?? 0), (sorted[index + 1] ?? 1) - centre];
    const width = Math.min(1, Math.max(least, ...gaps));
    return { centre, width, mass: normalCdf((1 - centre) / width) - normalCdf(-centre / width) };
  });
  const parts = kernels.length + 1;
  return {
    at(place) {
      const heights = kernels.map(({ centre, width, mass }) => normalPdf((place - centre) / width) / (width * mass));
      return heights.reduce((sum, height) => sum + height, 1) / parts;
    },
    draw(draws) {
      const kernel = kernels[draws.integer(parts)];
      if (kernel === undefined) return draws.uniform();
      for (;;) {
        const place = kernel.centre + kernel.width * draws.normal();
        if (place >= 0 && place < 1) return place;
      }
    },
  };
}

const normalPdf = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/** Within 1.5e-7 (Abramowitz & Stegun 7.1.26). */
function normalCdf(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const tail = (series * Math.exp(-x * x)) / 2;
  return z < 0 ? tail : 1 - tail;
}
