/** Gradients that grow on their way down, or from step to step, until a step throws the weights anywhere. */
import { type Evidence, layersOf, median, seriesOf } from '../evidence.js';
import { type Rule, short } from '../finding.js';
import { clipped, openModel, tamerRate } from '../remedies.js';

/** By how much the loss would change, in parts of the trivial model's, for a like change of the weights: tens in a sound net. */
const wildElasticity = 1000;
/** That signals tell of. */
const firstSteps = 5;
/** Times the run's own median. */
const outburst = 1000;

export const explodingGradients: Rule = (evidence) => {
  const norms = seriesOf(evidence, 'train.gradientNorm').values;
  if (norms.length < 3) return null;
  const middle = median(norms);
  const greatest = norms.reduce(
    (most, norm) => Math.max(most, Number.isNaN(norm) ? Number.POSITIVE_INFINITY : norm),
    0,
  );
  const failed = evidence.ending?.error?.code === 'non_finite';
  const bursts = failed && (norms.at(-1)! > outburst * norms[0]! || greatest > outburst * middle);
  const elasticity = elasticityOf(evidence);
  if (!bursts && !(elasticity > wildElasticity)) return null;
  const { spec } = evidence;
  const opened = openModel(spec.model);
  return {
    severity: failed ? 'error' : 'warning',
    title: 'Gradients explode',
    evidence: [
      {
        name: 'train.gradientNorm',
        value: greatest,
        threshold: outburst * middle,
        note: 'greatest, against a thousand medians',
      },
      ...(Number.isFinite(elasticity)
        ? [
            {
              name: 'layers.*.gradientNorm',
              value: elasticity,
              threshold: wildElasticity,
              note: '‖gradient‖ · ‖weights‖ against the trivial model’s loss, in the first steps',
            },
          ]
        : []),
    ],
    remedy: `Clip the gradient’s norm, draw weights as the layers’ functions ask for, and take a learning rate of ${short(tamerRate(spec))}`,
    patch: {
      ...{ optimizer: { learningRate: tamerRate(spec) }, training: clipped },
      ...(opened && { model: opened }),
    },
  };
};

/** ‖g‖ ‖w‖ / L at the first steps that signals tell of, L the trivial model's loss; NaN where none does. */
function elasticityOf(evidence: Evidence): number {
  const [weights, gradients] = [layersOf(evidence, 'weightNorm'), layersOf(evidence, 'gradientNorm')];
  const lengthAt = (layers: typeof weights, index: number) =>
    Math.hypot(...layers.map(({ points }) => points.values[index] ?? 0));
  const steps = weights[0]?.points.values.slice(0, firstSteps) ?? [];
  const products = steps.map((_, index) => lengthAt(gradients, index) * lengthAt(weights, index));
  return median(products) / evidence.data.baseline.train;
}
