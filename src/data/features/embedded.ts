/** Which of the model's inputs are codes of categories whose vectors are learnt, from features or, at most, from descriptions. */
import type { EmbeddedColumn } from '../../engine/index.js';
import type { ColumnInfo } from '../../schemas/dataset.js';
import { type ColumnSettings, settingsOf } from './choose.js';
import { type Feature, mostInputs, widthOf } from './index.js';

type Embedding = Pick<EmbeddedColumn, 'vocabulary' | 'width'>;

/** Of fitted features, in the order of their inputs. */
export const embeddedInputs = (features: readonly Feature[]) => placed(features, { widthOf, embeddingOf });

/** With vocabularies as large as they may become. */
export const mostEmbedded = (columns: readonly ColumnInfo[], dataset: ColumnSettings) =>
  placed(columns, {
    widthOf: (info) => mostInputs(info, settingsOf(dataset, info.name)),
    embeddingOf: (info) => mostEmbedding(info, dataset),
  });

/** What of a shape says so; nothing where there are none. */
function placed<Column>(
  columns: readonly Column[],
  of: { widthOf(column: Column): number; embeddingOf(column: Column): Embedding | null },
): { embedded?: EmbeddedColumn[] } {
  let next = 0;
  const embedded = columns.flatMap((feature) => {
    const column = next;
    next += of.widthOf(feature);
    const embedding = of.embeddingOf(feature);
    return embedding === null ? [] : [{ column, ...embedding }];
  });
  return embedded.length > 0 ? { embedded } : {};
}

/** One more than the known values: code 0 is of all others. */
function embeddingOf(feature: Feature): Embedding | null {
  if (feature.type !== 'category' || feature.encoding.type !== 'embedding') return null;
  return { vocabulary: feature.values.length + 1, width: feature.encoding.width };
}

/** What is filled in for a missing value may be one that no row has. */
function mostEmbedding({ type, distinct, name }: ColumnInfo, dataset: ColumnSettings): Embedding | null {
  const { categories } = settingsOf(dataset, name);
  if (type !== 'category' || categories.type !== 'embedding') return null;
  return { vocabulary: distinct + 2, width: categories.width };
}
