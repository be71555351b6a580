/**
 * Temperature scaling (Guo et al. 2017): one number by which all logits are divided, so that probabilities are what they
 * say. It is fitted on rows that no weight was fitted on, and changes no order of classes.
 */

/** Where there is no end to more, or less, certainty. */
const [leastTemperature, mostTemperature] = [0.05, 20];
const steps = 60;

/**
 * The temperature of least mean −log p. `logits` is [rows, classes]. In β = 1 / T the loss Σ log Σ exp(β z) − β z_y is convex:
 * Newton's method, held between bounds that the sign of the slope draws together.
 */
export function fitTemperature(logits: Float32Array, targets: ArrayLike<number>): number {
  let [low, high] = [1 / mostTemperature, 1 / leastTemperature];
  let beta = 1;
  for (let step = 0; step < steps && high - low > 1e-12 * high; step++) {
    const { slope, curvature } = derivatives(logits, targets, beta);
    if (slope > 0) high = beta;
    else low = beta;
    const newton = beta - slope / curvature;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - beta) < 1e-12 * beta) break;
    beta = next;
  }
  return 1 / beta;
}

/** d/dβ = Σ E[z] − z_y and d²/dβ² = Σ Var[z], under p ∝ exp(β z). */
function derivatives(logits: Float32Array, targets: ArrayLike<number>, beta: number) {
  const classes = logits.length / targets.length;
  let [slope, curvature] = [0, 0];
  for (let row = 0; row < targets.length; row++) {
    const z = logits.subarray(row * classes, (row + 1) * classes);
    const largest = z.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
    let [weight, first, second] = [0, 0, 0];
    for (const value of z) {
      const share = Math.exp(beta * (value - largest));
      weight += share;
      first += share * value;
      second += share * value * value;
    }
    const mean = first / weight;
    slope += mean - z[targets[row]!]!;
    curvature += Math.max(0, second / weight - mean * mean);
  }
  return { slope, curvature };
}

/** Probabilities as if their logits had been divided by the temperature. */
export function tempered(probabilities: Float32Array, temperature: number): Float32Array {
  const largest = probabilities.reduce((most, value) => Math.max(most, value), 0);
  const powers = probabilities.map((p) => (p / largest) ** (1 / temperature)); // exp(log p / T), the largest 1
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
