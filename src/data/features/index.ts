/** The features there are, by the type of their column, and what every one of them does. */
import type { ColumnInfo } from '../../schemas/dataset.js';
import type { ResolvedSettings } from '../../schemas/preparation-spec.js';
import type { CodedColumn, Column, NumberColumn } from '../columns.js';
import { type BooleanFeature, booleanFeatures } from './boolean-features.js';
import { type CategoryFeature, categoryFeatures } from './category-features.js';
import { type DateFeature, dateFeatures } from './date-features.js';
import type { Family, FitRequest } from './family.js';
import { type NumberFeature, numberFeatures } from './number-features.js';

export type Feature = NumberFeature | DateFeature | BooleanFeature | CategoryFeature;
type Type = Feature['type'];
type FeatureOf<Name> = Extract<Feature, { type: Name }>;
type ColumnOf<Name> = Name extends 'number' | 'date' ? NumberColumn : CodedColumn;

const families: { [Name in Type]: Family<FeatureOf<Name>, ColumnOf<Name>> } = {
  number: numberFeatures,
  date: dateFeatures,
  boolean: booleanFeatures,
  category: categoryFeatures,
};

export const familyOf = (type: Type): Family<Feature, Column> => families[type] as Family<Feature, Column>;
export const isFeatureType = (type: ColumnInfo['type']): type is Type => type in families;

/** Inputs that a feature becomes. */
export const widthOf = (feature: Feature): number => familyOf(feature.type).width(feature) + Number(feature.indicator);

/** Inputs that a column becomes at most. */
export function mostInputs(info: ColumnInfo, settings: ResolvedSettings): number {
  if (!isFeatureType(info.type)) return 0;
  const { missing } = settings;
  const indicated = missing.type === 'impute' && missing.indicator && info.missing > 0;
  return familyOf(info.type).mostInputs(info, settings) + Number(indicated);
}

/** Throws where the column is a text: resolving the spec ignores those. */
export function fitFeature(request: FitRequest<Column>): Feature {
  const { column, name } = request;
  if (!isFeatureType(column.type)) throw new Error(`feature "${name}" is a ${column.type} column`);
  return familyOf(column.type).fit(request);
}
