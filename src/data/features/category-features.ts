/** Categories: the place of a value among those that training knows, one-hot, as a number, or as the code of a vector. */
import type { ResolvedSettings } from '../../schemas/preparation-spec.js';
import type { CodedColumn } from '../columns.js';
import { trimmed } from '../values.js';
import type { Family, FeatureBase } from './family.js';
import { fitCategoryFill, indicates } from './missing.js';
import { fitScale, type Scale, scaledWriter } from './scale.js';
import { countValues } from './statistics.js';

export interface CategoryFeature extends FeatureBase {
  type: 'category';
  /** Those that have a place of their own, in their order. */
  values: string[];
  /** Place of every other value, rare or never seen: behind `values`, or −1 where training had no rare ones. */
  others: number;
  encoding:
    | { type: 'oneHot' }
    | { type: 'ordinal'; scale: Scale }
    /** The code is the place + 1, and 0 for every other value. */
    | { type: 'embedding'; width: number };
}

export const categoryFeatures: Family<CategoryFeature, CodedColumn> = {
  settings: ['missing', 'categories', 'scale'],
  expected: 'a string',
  fit({ name, column, rows, settings: { missing, categories, scale } }) {
    const { counts, absent } = countValues(column, rows);
    const filled = fitCategoryFill(counts, missing);
    if (filled !== null && absent > 0) counts.set(filled, (counts.get(filled) ?? 0) + absent);
    const { values, others } = fitPlaces(counts, categories);
    const place = placeOf({ values, others });
    const places = () =>
      Float64Array.from([...counts].flatMap(([value, count]) => new Array<number>(count).fill(place(value))));
    return {
      ...{ name, type: 'category', values, others },
      fill: missing.type === 'drop' ? null : filled === null ? 0 : place(filled),
      indicator: indicates(missing, absent > 0),
      encoding: fitEncoding(categories, () => fitScale(places(), scale)),
    };
  },
  mostInputs: ({ distinct, missing: absent }, { missing, categories }) =>
    categories.type === 'oneHot' ? distinct + Number(absent > 0 && addsCategory(missing)) : 1,
  width: ({ values, others, encoding }) => (encoding.type === 'oneHot' ? values.length + Number(others >= 0) : 1),
  fields(feature, { codes, values }) {
    const places = values.map(placeOf(feature));
    return (row) => places[codes[row]!] ?? Number.NaN; // code −1 is missing
  },
  rawField(feature) {
    const place = placeOf(feature);
    return (value) => (typeof value === 'string' ? place(trimmed(value)) : null);
  },
  writer({ values, others, encoding }) {
    if (encoding.type === 'ordinal') return scaledWriter(encoding.scale);
    if (encoding.type === 'embedding') {
      return (field, x, at) => {
        x[at] = (field + 1) % (values.length + 1);
      };
    }
    const inputs = values.length + Number(others >= 0);
    return (field, x, at) => {
      if (field >= 0 && field < inputs) x[at + field] = 1;
    };
  },
};

function fitEncoding(
  { type, ...categories }: ResolvedSettings['categories'],
  scale: () => Scale,
): CategoryFeature['encoding'] {
  if (type === 'oneHot') return { type };
  return 'width' in categories ? { type: 'embedding', width: categories.width } : { type: 'ordinal', scale: scale() };
}

function fitPlaces(
  counts: ReadonlyMap<string, number>,
  categories: ResolvedSettings['categories'],
): Pick<CategoryFeature, 'values' | 'others'> {
  if (categories.type === 'ordered') return { values: categories.values, others: -1 };
  const values = [...counts.keys()].filter((value) => counts.get(value)! >= categories.minCount).sort();
  return { values, others: values.length < counts.size ? values.length : -1 };
}

function placeOf({ values, others }: Pick<CategoryFeature, 'values' | 'others'>): (value: string) => number {
  const places = new Map(values.map((value, place) => [value, place]));
  return (value) => places.get(value) ?? others;
}

/** Whether what is filled in may be a category that no row has. */
const addsCategory = (missing: ResolvedSettings['missing']): boolean =>
  missing.type === 'impute' && missing.categories.type === 'constant';
