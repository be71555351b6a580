/** Gradients that get lost on their way down: the lowest layers learn nothing. */
import { courseOf, type Evidence, layersOf, settled } from '../evidence.js';
import { type Rule, short } from '../finding.js';
import { openModel } from '../remedies.js';

const leastLayers = 3;
/** The gradient of a layer, in parts of its weights, against that of the last layer. */
const lost = 1e-3;

export const vanishingGradients: Rule = (evidence) => {
  const course = courseOf(evidence);
  if (course === null || course.learnt > 0.5) return null;
  if (evidence.ending === null && evidence.step < 0.2 * evidence.totalSteps) return null;
  const relative = relativeGradients(evidence);
  if (relative.length < leastLayers) return null;
  const share = Math.min(...relative.slice(0, -1).map(({ value }) => value)) / relative.at(-1)!.value;
  if (!(share < lost)) return null;
  const opened = openModel(evidence.spec.model);
  const [first, last] = [relative[0]!, relative.at(-1)!];
  return {
    severity: 'error',
    title: 'Gradients vanish on their way down',
    evidence: [
      {
        name: first.name,
        value: first.value,
        threshold: lost * last.value,
        note: 'in parts of the layer’s weights, second half of the run',
      },
      { name: last.name, value: last.value, note: 'the last layer’s' },
      {
        name: 'train.loss',
        value: course.last,
        threshold: evidence.data.baseline.train,
        note: 'against the trivial model’s',
      },
    ],
    remedy: `Let gradients through: other activation functions, weights drawn for them, fewer plain layers. A share of ${short(share)} arrives`,
    patch: opened && { model: opened },
  };
};

/** ‖gradient‖ / ‖weights‖ of each layer, in the order of computing. */
function relativeGradients(evidence: Evidence): { name: string; value: number }[] {
  const weights = layersOf(evidence, 'weightNorm');
  return layersOf(evidence, 'gradientNorm').map(({ name, points }, index) => ({
    name,
    value: settled(points) / settled(weights[index]!.points),
  }));
}
