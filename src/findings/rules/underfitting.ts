/** A model that is too small or held back too much: it misses on its own training rows what one column tells by itself. */
import { courseOf, toNumber } from '../evidence.js';
import { type Rule, short } from '../finding.js';
import { hampered } from './hampered.js';
import { tooShort } from './too-short.js';

/** What a column may tell more than the model, of the whole. */
const margin = 0.1;
/** Dropout and penalties that leave little of a model. */
const [muchDropout, muchPenalty] = [0.6, 0.01];

export const underfitting: Rule = (evidence) => {
  const { ending, data, spec } = evidence;
  const course = courseOf(evidence);
  if (!ending?.metrics || course === null) return null;
  const { values } = ending.metrics.train;
  const told = data.classes
    ? gainOverUsual(toNumber(values['accuracy']), data.classes.counts.train)
    : toNumber(values['r2']);
  const best = data.columns.reduce((most, { score, name }) => (score > most.score ? { score, name } : most), {
    score: 0,
    name: '',
  });
  const held = heldBack(spec);
  const left = toNumber(values['loss']) / data.baseline.train;
  const misses = told < best.score - margin;
  if (!misses && !(held !== null && left > 0.5)) return null;
  if (hampered(evidence) || tooShort(evidence)) return null;
  const { model } = spec;
  const isSmall = model.type === 'mlp' && Math.max(0, ...model.hidden) < 32;
  const patch = {
    ...(held && { regularization: { l1: 0, l2: 0 } }),
    ...(held && spec.optimizer.type === 'adamw' && { optimizer: { weightDecay: 0.01 } }),
    ...('dropout' in model && (held || isSmall) && { model: { dropout: 0, ...(isSmall && { hidden: [64, 32] }) } }),
  };
  return {
    severity: 'warning',
    title: 'The model cannot even learn its training rows',
    evidence: [
      {
        name: data.classes ? 'train.accuracy' : 'train.r2',
        value: told,
        threshold: best.score,
        note: `${best.name || 'no column'} tells as much by itself`,
      },
      { name: 'train.loss', value: left, threshold: 0.5, note: 'of the trivial model’s' },
      ...(held === null ? [] : [{ name: held.name, value: held.value }]),
    ],
    remedy: held ? `Take ${held.name} back from ${short(held.value)}` : 'Take a larger model, or train longer',
    patch: Object.keys(patch).length > 0 ? patch : null,
  };
};

/** Share of the rows beside the most frequent class that are told right. */
function gainOverUsual(accuracy: number, counts: readonly number[]): number {
  const usual = Math.max(...counts) / counts.reduce((sum, count) => sum + count, 0);
  return (accuracy - usual) / (1 - usual);
}

function heldBack({ model, regularization: { l1, l2 }, optimizer }: Parameters<Rule>[0]['spec']) {
  if ('dropout' in model && model.dropout >= muchDropout) return { name: 'model.dropout', value: model.dropout };
  if (l1 >= muchPenalty) return { name: 'regularization.l1', value: l1 };
  if (l2 >= muchPenalty) return { name: 'regularization.l2', value: l2 };
  if (optimizer.type === 'adamw' && optimizer.weightDecay >= 1)
    return { name: 'optimizer.weightDecay', value: optimizer.weightDecay };
  return null;
}
