/** Scales of numbers: value → (value − centre) / width. */
import type { ResolvedSettings } from '../../schemas/preparation-spec.js';
import type { Writer } from './family.js';
import { moments, quantiles } from './statistics.js';

export interface Scale {
  centre: number;
  /** 1 where the values do not differ. */
  width: number;
}

const fits: Record<ResolvedSettings['scale']['type'], (values: Float64Array) => Scale> = {
  standard(values) {
    const { mean, deviation } = moments(values);
    return { centre: mean, width: deviation };
  },
  minMax(values) {
    const [least, greatest] = quantiles(values, [0, 1]) as [number, number];
    return { centre: least, width: greatest - least || 1 };
  },
  robust(values) {
    const [first, median, third] = quantiles(values, [0.25, 0.5, 0.75]) as [number, number, number];
    return { centre: median, width: third - first || 1 };
  },
  none: () => ({ centre: 0, width: 1 }),
};

export const fitScale = (values: Float64Array, { type }: ResolvedSettings['scale']): Scale => fits[type](values);

export const scaled = (value: number, { centre, width }: Scale): number => (value - centre) / width;

/** One input. */
export const scaledWriter =
  (scale: Scale): Writer =>
  (field, x, at) => {
    x[at] = scaled(field, scale);
  };
