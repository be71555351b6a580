/**
 * How a job has the columns of a table prepared: for all of them, and for one by its name. Each choice is an object told
 * apart by `type`, so that one that grows a parameter stays what it was. What each does stands in data/features/.
 */
import { type Static, type TProperties, Type } from '#typebox';
import type { Resolved } from '../engine/index.js';
import { tagged } from '../engine/tagged.js';
import { StringEnum } from './common.js';

/** A variant of a tagged union. */
export const choice = <Tag extends string, Fields extends TProperties>(
  type: Tag,
  description: string,
  fields: Fields,
) => Type.Object({ type: Type.Literal(type), ...(fields as Fields) }, { additionalProperties: false, description });
const byType = (type: string) => ({ default: { type } });

const NumberFill = tagged(
  [
    choice('mean', 'Of the values that are there', {}),
    choice('median', 'Of the values that are there', {}),
    choice('mostFrequent', 'The least of those that are as frequent', {}),
    choice('constant', 'The same in every row', { value: Type.Optional(Type.Number({ default: 0 })) }),
  ],
  { ...byType('mean'), description: 'For numbers, and dates as epoch milliseconds' },
);
export type NumberFill = Resolved<Static<typeof NumberFill>>;

const CategoryFill = tagged(
  [
    choice('mostFrequent', 'The first of those that are as frequent', {}),
    choice('constant', 'A value that no row has is a category of its own', {
      value: Type.Optional(Type.String({ minLength: 1, maxLength: 100, default: 'missing' })),
    }),
  ],
  { ...byType('mostFrequent'), description: 'For categories. Booleans take the most frequent value' },
);
export type CategoryFill = Resolved<Static<typeof CategoryFill>>;

const missingChoices = [
  choice('impute', 'Fills in what the training split says', {
    numbers: Type.Optional(NumberFill),
    categories: Type.Optional(CategoryFill),
    indicator: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'One more input, 1 where the value is missing, for columns that miss one in the training split',
      }),
    ),
  }),
  choice('drop', 'Leaves out rows that miss a value; predict refuses them', {}),
];
const outlierChoices = [
  choice('keep', 'As they are', {}),
  choice('clipIqr', 'To the fences: quartiles ∓ factor · (third quartile − first)', {
    factor: Type.Optional(Type.Number({ minimum: 0, maximum: 1000, default: 1.5 })),
  }),
  choice('clipQuantiles', 'To two quantiles', {
    lower: Type.Optional(Type.Number({ minimum: 0, maximum: 0.49, default: 0.01 })),
    upper: Type.Optional(Type.Number({ minimum: 0.51, maximum: 1, default: 0.99 })),
  }),
];
const scaleChoices = [
  choice('standard', '(value − mean) / deviation, of the population', {}),
  choice('minMax', '(value − least) / (greatest − least)', {}),
  choice('robust', '(value − median) / (third quartile − first)', {}),
  choice('none', 'As they are', {}),
];
const minCount = Type.Optional(
  Type.Integer({
    minimum: 1,
    maximum: 1_000_000_000,
    default: 1,
    description: 'Values of fewer rows of the training split are taken for one, as are those that it never saw',
  }),
);
const categoryChoices = [
  choice('oneHot', 'An input a value; a value that training never saw is all zeros', { minCount }),
  choice('ordinal', 'The place among the sorted values, −1 for one never seen, scaled as a number', { minCount }),
  choice('embedding', 'A vector that is learnt with the model; values that training never saw share one', {
    width: Type.Integer({ minimum: 1, maximum: 512, description: 'Elements of the vector' }),
    minCount,
  }),
  choice('ordered', 'The place among these values, scaled as a number', {
    values: Type.Array(Type.String({ maxLength: 100 }), {
      minItems: 2,
      maxItems: 1000,
      uniqueItems: true,
      description: 'All that the column has, from the least to the greatest',
    }),
  }),
];

export const dateParts = ['year', 'month', 'day', 'dayOfYear', 'weekday', 'hour', 'minute'] as const;
export const datePeriods = ['year', 'month', 'week', 'day'] as const;
const some = <Name extends string>(names: readonly Name[], fallback: Name[]) =>
  Type.Optional(Type.Array(StringEnum(names), { minItems: 1, uniqueItems: true, default: fallback }));
const dateChoices = [
  choice('timestamp', 'Epoch milliseconds, scaled as a number', {}),
  choice('parts', 'Each a number, scaled as one; in UTC, Monday is weekday 0', {
    parts: some(dateParts, ['year', 'month', 'day', 'weekday', 'hour']),
  }),
  choice('cyclical', 'Sine and cosine of what has gone by of each period, in UTC', {
    periods: some(datePeriods, ['year', 'week', 'day']),
  }),
];

const missing = 'Rows without a value';
const outliers = 'Numbers far from the others. What is filled in and how it is scaled follows from the clipped values';
const scale = 'Numbers, by the values that are there';

/** For all columns, with their defaults. */
export const preparationFields = {
  missing: Type.Optional(tagged(missingChoices, { ...byType('impute'), description: missing })),
  outliers: Type.Optional(tagged(outlierChoices, { ...byType('keep'), description: outliers })),
  scale: Type.Optional(tagged(scaleChoices, { ...byType('standard'), description: scale })),
  categories: Type.Optional(tagged(categoryChoices, byType('oneHot'))),
  dates: Type.Optional(tagged(dateChoices, byType('timestamp'))),
};

/** For one column. */
export const ColumnSettings = Type.Object(
  {
    missing: Type.Optional(tagged(missingChoices)),
    outliers: Type.Optional(tagged(outlierChoices)),
    scale: Type.Optional(tagged(scaleChoices)),
    categories: Type.Optional(tagged(categoryChoices)),
    dates: Type.Optional(tagged(dateChoices)),
  },
  { $id: 'ColumnSettings', additionalProperties: false },
);
export const columnSettings = Type.Optional(
  Type.Record(Type.String({ maxLength: 200 }), ColumnSettings, {
    default: {},
    maxProperties: 2000,
    description: 'By name; each field stands for that of the whole dataset, for this column',
  }),
);

/** What is done with one column. */
export type ResolvedSettings = Resolved<Static<typeof ColumnSettings>>;
export type SettingName = keyof ResolvedSettings;
export const settingNames = Object.keys(ColumnSettings.properties) as SettingName[];
/** By column: what differs from the dataset's. */
export type ColumnOverrides = Readonly<Record<string, Partial<ResolvedSettings>>>;
