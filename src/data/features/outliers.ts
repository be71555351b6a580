/** Numbers far from the others: bounds between which a column's values are held. */
import type { ResolvedSettings } from '../../schemas/preparation-spec.js';
import { quantiles } from './statistics.js';

type OutliersSpec = ResolvedSettings['outliers'];
type Of<Type extends OutliersSpec['type']> = Extract<OutliersSpec, { type: Type }>;

/** null: no bounds. */
export type Bounds = [least: number, greatest: number] | null;

const fits: { [Type in OutliersSpec['type']]: (values: Float64Array, spec: Of<Type>) => Bounds } = {
  keep: () => null,
  /** Tukey's fences. */
  clipIqr(values, { factor }) {
    const [first, third] = quantiles(values, [0.25, 0.75]) as [number, number];
    const reach = factor * (third - first);
    return [first - reach, third + reach];
  },
  clipQuantiles: (values, { lower, upper }) => quantiles(values, [lower, upper]) as [number, number],
};

export const fitBounds = <Spec extends OutliersSpec>(values: Float64Array, spec: Spec): Bounds =>
  (fits[spec.type] as (values: Float64Array, spec: Spec) => Bounds)(values, spec);

/** NaN stays NaN. */
export const clip = (value: number, bounds: Bounds): number =>
  bounds === null ? value : Math.min(Math.max(value, bounds[0]), bounds[1]);
