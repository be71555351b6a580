/** Patches that several rules propose. */
import { fillDefaults, OptimizerSpec, type ResolvedModelSpec } from '../engine/index.js';
import type { ResolvedColumnsSpec } from '../schemas/dataset-spec.js';
import type { ResolvedJobSpec } from '../schemas/job-spec.js';
import { type Evidence, median, seriesOf } from './evidence.js';
import type { Patch } from './finding.js';

type Optimizer = ResolvedJobSpec['optimizer'];

/** The rate that an optimizer has where a spec names none. */
export function usualRate({ type }: Optimizer): number {
  return (fillDefaults(OptimizerSpec, { type }) as Optimizer).learningRate;
}

/** The rate that most of the steps had, whatever the schedule made of it. */
export function rateOf({ spec, series }: Pick<Evidence, 'spec' | 'series'>): number {
  const { values } = seriesOf({ series }, 'train.learningRate');
  return values.length === 0 ? spec.optimizer.learningRate : median(values);
}

/** A tenth of the rate, or the usual one where that is less. */
export const tamerRate = ({ optimizer }: Pick<ResolvedJobSpec, 'optimizer'>): number =>
  Math.min(optimizer.learningRate / 10, usualRate(optimizer));

/** Leaves columns out, and takes back what is set for them: a column that is ignored has no settings. */
export function ignored(dataset: Pick<ResolvedColumnsSpec, 'ignore' | 'columns'>, names: readonly string[]): Patch {
  const set = names.filter((name) => Object.hasOwn(dataset.columns, name));
  return {
    dataset: {
      ignore: [...dataset.ignore, ...names],
      ...(set.length > 0 && { columns: Object.fromEntries(set.map((name) => [name, null])) }),
    },
  };
}

/** By its norm; a run is clipped one way. */
export const clipped = { clipNorm: 1, clipValue: null };

/** Functions that cut a gradient down, or off, and what stands in their place. */
const replaced = { sigmoid: 'elu', tanh: 'elu', relu: 'leakyRelu', softplus: 'elu' } as const;
const isReplaced = (name: string): name is keyof typeof replaced => Object.hasOwn(replaced, name);
/** A plain stack of more layers than this hardly learns, whatever is between them. */
const mostPlainLayers = 4;

/** The model with functions that let gradients through, weights drawn as those ask for, and not too many plain layers. */
export function openModel(model: ResolvedModelSpec): Patch | null {
  switch (model.type) {
    case 'mlp':
      return {
        activation: openActivation(model.activation),
        initializer: { type: 'auto' },
        ...(model.hidden.length > mostPlainLayers && { hidden: model.hidden.slice(0, mostPlainLayers) }),
      };
    case 'gpt':
      return { activation: openActivation(model.activation) };
    case 'sequential':
      return { layers: model.layers.map(openLayer) };
    case 'bert':
      return null; // its functions are those that it was published with
    default:
      return model satisfies never;
  }
}

type Layer = Extract<ResolvedModelSpec, { type: 'sequential' }>['layers'][number];

function openLayer(layer: Layer): object {
  if (isReplaced(layer.type)) return { type: replaced[layer.type] };
  const opened = 'layers' in layer ? { ...layer, layers: layer.layers.map(openLayer) } : layer;
  return {
    ...opened,
    ...('activation' in layer && layer.activation && { activation: openActivation(layer.activation) }),
    ...('initializer' in layer && layer.initializer && { initializer: { type: 'auto' } }),
  };
}

const openActivation = (name: string): string => (isReplaced(name) ? replaced[name] : name);
