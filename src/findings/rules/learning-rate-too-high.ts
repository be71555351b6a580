/** Steps so wide that they jump over what is to be found: the loss ends no better than it began, or weights are rewritten by every step. */
import { courseOf, type Evidence, layersOf, median, settled } from '../evidence.js';
import { type Found, type Rule, short } from '../finding.js';
import { clipped, tamerRate, usualRate } from '../remedies.js';

/** Times the optimizer's usual rate that nobody takes on purpose. */
const farAboveUsual = 30;
/** Share of a layer's weights that a step moves: well-behaved ones are near a thousandth. */
const [wildRatio, movingRatio] = [0.05, 0.001];
/** Of the trivial model's loss. */
const muchWorse = 1.5;

export const learningRateTooHigh: Rule = (evidence) => {
  const { spec, ending } = evidence;
  const rate = spec.optimizer.learningRate;
  const timesUsual = rate / usualRate(spec.optimizer);
  if (ending?.error?.code === 'non_finite') return timesUsual >= farAboveUsual ? found(evidence) : null;
  const course = courseOf(evidence);
  if (course === null || course.tenths.length < 10) return null;
  const { last, learnt, tenths } = course;
  const stillFalls = last < 0.9 * tenths.at(-3)!;
  const ratios = layersOf(evidence, 'updateRatio').map(({ points }) => settled(points));
  // Bad weights that are hardly moved are no fault of the rate.
  const moves = !(median(ratios) < movingRatio);
  const gotNowhere = moves && last > muchWorse * evidence.data.baseline.train && last > course.first;
  const rewrites = timesUsual > 1 && median(ratios) > wildRatio && learnt < 0.8 && !stillFalls;
  const reckless = timesUsual >= farAboveUsual && learnt < 0.9 && !stillFalls;
  // Noise of the first steps is no verdict; a tenth of the run is enough where nothing gets better.
  if (ending === null && evidence.step < 0.1 * evidence.totalSteps) return null;
  return gotNowhere || rewrites || reckless ? found(evidence) : null;
};

function found(evidence: Evidence): Found {
  const { spec, data } = evidence;
  const learningRate = tamerRate(spec);
  const course = courseOf(evidence);
  const ratios = layersOf(evidence, 'updateRatio').map(({ points }) => settled(points));
  return {
    severity: 'error',
    title: 'The learning rate is too high',
    evidence: [
      {
        ...{ name: 'optimizer.learningRate', value: spec.optimizer.learningRate },
        ...{ threshold: usualRate(spec.optimizer), note: 'the threshold is what this optimizer usually takes' },
      },
      ...(course
        ? [
            {
              name: 'train.loss',
              value: course.last,
              threshold: data.baseline.train,
              note: 'against the trivial model’s',
            },
          ]
        : []),
      ...(ratios.length > 0
        ? [{ name: 'layers.*.updateRatio', value: median(ratios), threshold: wildRatio, note: 'median over layers' }]
        : []),
    ],
    remedy: `Train with a learning rate of ${short(learningRate)}`,
    patch: { optimizer: { learningRate }, training: clipped },
  };
}
