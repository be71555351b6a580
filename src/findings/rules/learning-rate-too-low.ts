/** Weights that hardly moved in the whole run, for want of a rate and not of steps. */
import { courseOf, type Evidence, layersOf, seriesOf } from '../evidence.js';
import { type Rule, short } from '../finding.js';
import { rateOf, usualRate } from '../remedies.js';

const farBelowUsual = 10;
/** The way of a layer's weights through the run, in parts of their own length: a trained layer's is several. */
const hardlyMoved = 0.3;

export const learningRateTooLow: Rule = (evidence) => {
  const { spec, ending, data } = evidence;
  const course = courseOf(evidence);
  if (ending === null || ending.error !== null || course === null) return null;
  const [rate, usual] = [rateOf(evidence), usualRate(spec.optimizer)];
  const way = wayOf(evidence);
  const slow = rate <= usual / farBelowUsual;
  // Of drawn weights that were good by luck nothing was learnt.
  const learnt = Math.min(course.learnt, 1 - course.last / course.first);
  const fallsSteadily = course.last <= Math.min(...course.tenths) * 1.02;
  if (!slow || learnt > 0.5 || !(way < hardlyMoved || fallsSteadily)) return null;
  return {
    severity: 'error',
    title: 'The learning rate is too low',
    evidence: [
      {
        name: 'train.learningRate',
        value: rate,
        threshold: usual,
        note: 'the threshold is what this optimizer usually takes',
      },
      { name: 'train.loss', value: course.last, threshold: data.baseline.train, note: 'against the trivial model’s' },
      ...(Number.isFinite(way)
        ? [
            {
              name: 'layers.*.updateRatio',
              value: way,
              threshold: hardlyMoved,
              note: 'summed over the steps: the layer that moved most',
            },
          ]
        : []),
    ],
    remedy: `Train with this optimizer’s usual learning rate, ${short(usual)}`,
    patch: { optimizer: { learningRate: usual } },
  };
};

/** Σ ‖Δw‖/‖w‖ over the run of the layer that moved most; NaN where no signal tells. */
function wayOf(evidence: Evidence): number {
  // A fork that goes on at a step of another run begins there.
  const logged = seriesOf(evidence, 'train.loss').steps[0] ?? Number.POSITIVE_INFINITY;
  const ways = layersOf(evidence, 'updateRatio').map(({ points: { steps, values } }) =>
    values.reduce((way, value, index) => {
      const before = steps[index - 1] ?? Math.min(logged, steps[0]!) - 1;
      return way + value * (steps[index]! - before);
    }, 0),
  );
  return ways.length === 0 ? Number.NaN : Math.max(...ways);
}
