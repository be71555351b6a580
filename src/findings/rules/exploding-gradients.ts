/** Gradients that grow on their way down, or from step to step, until a step throws the weights anywhere. */
import { type Evidence, layersOf, median, seriesOf } from '../evidence.js';
import { type Rule, short } from '../finding.js';
import { openModel, tamerRate } from '../remedies.js';

/** By how much the loss would change, in parts of itself, for a like change of the weights: a few in a sound net. */
const wildElasticity = 1000;
/** Times the run's own median. */
const outburst = 1000;

export const explodingGradients: Rule = (evidence) => {
  const norms = seriesOf(evidence, 'train.gradientNorm').values;
  if (norms.length < 3) return null;
  const middle = median(norms);
  const greatest = Math.max(...norms.map((norm) => (Number.isNaN(norm) ? Number.POSITIVE_INFINITY : norm)));
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
              note: '‖gradient‖ · ‖weights‖ / loss, in the first steps',
            },
          ]
        : []),
    ],
    remedy: `Clip the gradient’s norm, draw weights as the layers’ functions ask for, and take a learning rate of ${short(tamerRate(spec))}`,
    patch: {
      ...{ optimizer: { learningRate: tamerRate(spec) }, training: { clipNorm: 1 } },
      ...(opened && { model: opened }),
    },
  };
};

/** ‖g‖ ‖w‖ / L at the first steps that signals tell of; NaN where none does. */
function elasticityOf(evidence: Evidence): number {
  const weights = layersOf(evidence, 'weightNorm').map(({ points }) => points);
  const loss = seriesOf(evidence, 'train.loss');
  const gradients = layersOf(evidence, 'gradientNorm').map(({ points }) => points);
  const steps = weights[0]?.steps.slice(0, 5) ?? [];
  const lossAt = (step: number) =>
    loss.values[
      Math.max(
        0,
        loss.steps.findIndex((at) => at >= step),
      )
    ]!;
  const lengthAt = (layers: typeof weights, index: number) =>
    Math.hypot(...layers.map(({ values }) => values[index] ?? 0));
  return median(
    steps.map(
      (step, index) =>
        (lengthAt(gradients, index) * lengthAt(weights, index)) / Math.max(lossAt(step), evidence.data.baseline.train),
    ),
  );
}
