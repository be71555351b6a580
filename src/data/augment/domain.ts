/** What augmentations must know of all rows alike, from the preparation that makes them. */

import { widthOf } from '../features/index.js';
import type { Preparation } from '../preparation.js';
import type { FeatureInputs, ImageRow, RowKinds, TableRow, TokenRow } from './augmentation.js';

export type RowDomain =
  /** Mean and deviation are what pixels / 255 are scaled by. */
  | ({ kind: 'image'; mean: number; deviation: number } & Pick<ImageRow, 'shape'>)
  | ({ kind: 'table' } & Pick<TableRow, 'features'>)
  | ({ kind: 'text' | 'window' } & Omit<TokenRow, 'tokens'>);

export function domainOf(preparation: Preparation): RowDomain {
  switch (preparation.kind) {
    case 'images': {
      const { shape, mean, deviation } = preparation;
      return { kind: 'image', shape: shape as [number, number, number], mean, deviation };
    }
    case 'columns': {
      let first = 0;
      const features = preparation.features.map((feature): FeatureInputs => {
        const width = widthOf(feature);
        first += width;
        const isNumber = feature.type === 'number' || feature.type === 'date';
        return { first: first - width, width, quantities: isNumber ? width - Number(feature.indicator) : 0 };
      });
      return { kind: 'table', features };
    }
    case 'texts':
    case 'stream': {
      const { special } = preparation.tokenizer;
      const [unknown, padding] = [special.indexOf('unknown'), special.indexOf('padding')];
      return {
        kind: preparation.kind === 'texts' ? 'text' : 'window',
        unknown,
        padding,
        firstOrdinary: special.length,
      };
    }
    default:
      throw new Error(`preparation ${preparation satisfies never}`);
  }
}

/** Rows of the domain, each over its own values. `before` is shared: a row is done with it before the next begins. */
export function rowsOf(
  domain: RowDomain,
  inputs: number,
): (values: Float32Array | Int32Array) => RowKinds[keyof RowKinds] {
  if (domain.kind === 'image') {
    const before = new Float32Array(inputs);
    return (values) => ({ values: values as Float32Array, shape: domain.shape, before });
  }
  if (domain.kind === 'table') return (values) => ({ values: values as Float32Array, features: domain.features });
  return (tokens) => ({ ...domain, tokens: tokens as Int32Array });
}
