/** Rows of every type of column, and every setting that they can be prepared by. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../src/paths.js';
import type { ResolvedSettings } from '../../../src/schemas/preparation-spec.js';

/** Made by test/fixtures/golden/preparation.py. */
interface Golden {
  /** The first so many rows train. */
  train: number;
  rows: { number: number | null; kind: string | null; date: string | null }[];
  cases: { column: 'number' | 'kind' | 'date'; settings: object; x: number[][] }[];
}
export const golden: Golden = JSON.parse(
  readFileSync(join(projectRoot, 'test/fixtures/golden/preparation.json'), 'utf8'),
);
export const trainRows = Int32Array.from({ length: golden.train }, (_, row) => row);
export const allRows = Int32Array.from(golden.rows.keys());

/** The golden rows with a column of booleans and a target beside them. */
export const rawRows = golden.rows.map((row, index) => ({
  ...row,
  flag: index % 7 === 3 ? null : index % 3 === 0,
  y: index,
}));
const lines = rawRows.map((row) =>
  Object.values(row)
    .map((value) => value ?? '')
    .join(','),
);
export const content = [Object.keys(rawRows[0]!).join(','), ...lines].join('\n');

type Choices = {
  [Name in keyof ResolvedSettings]: { [Type in ResolvedSettings[Name]['type']]: readonly object[] };
};
/** Every choice of every setting, with parameters other than the defaults. */
export const choices: Choices = {
  missing: {
    impute: [
      {},
      { numbers: { type: 'median' }, indicator: true },
      { numbers: { type: 'mostFrequent' } },
      { numbers: { type: 'constant', value: -3 }, categories: { type: 'constant' }, indicator: true },
    ],
    drop: [{}],
  },
  outliers: { keep: [{}], clipIqr: [{}, { factor: 0 }], clipQuantiles: [{ lower: 0.2, upper: 0.7 }] },
  scale: { standard: [{}], minMax: [{}], robust: [{}], none: [{}] },
  categories: {
    oneHot: [{}, { minCount: 3 }, { minCount: 99 }],
    ordinal: [{}, { minCount: 3 }],
    embedding: [{ width: 3 }, { width: 2, minCount: 3 }, { width: 1, minCount: 99 }],
    ordered: [{ values: ['e', 'b', 'a', 'd', 'c'] }],
  },
  dates: {
    timestamp: [{}],
    parts: [{}, { parts: ['dayOfYear', 'minute'] }],
    cyclical: [{}, { periods: ['month'] }],
  },
};
export const variants = Object.entries(choices).flatMap(([setting, types]) =>
  Object.entries(types).flatMap(([type, more]) => more.map((fields) => ({ [setting]: { type, ...fields } }))),
);
