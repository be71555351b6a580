/** The preparations there are, as they stand in checkpoints, and what predict asks of each. */
import type { ModelCard } from '../schemas/run.js';
import { encodeRawRows as encodeRawColumns } from './encode.js';
import { encodeRawImages, type ImagesPreparation, imageField } from './images/images.js';
import type { ColumnsPreparation } from './prepare.js';
import type { RawRow } from './raw-rows.js';
import type { StreamPreparation } from './text/prepare-stream.js';
import { encodeRawTexts, type TextsPreparation } from './text/texts.js';
import { type FittedTokenizer, openTokenizer } from './text/tokenizer.js';

/** Those whose models predict rows. */
export type RowsPreparation = ColumnsPreparation | TextsPreparation | ImagesPreparation;
export type Preparation = RowsPreparation | StreamPreparation;

/** [rows, inputs]. Throws `invalid_row`. */
export function encodeRawRows(preparation: RowsPreparation, rows: readonly RawRow[]): Float32Array | Int32Array {
  switch (preparation.kind) {
    case 'columns':
      return encodeRawColumns(preparation, rows);
    case 'images':
      return encodeRawImages(preparation, rows);
    case 'texts':
      return encodeRawTexts(preparation, rows);
    default:
      throw new Error(`preparation ${preparation satisfies never}`);
  }
}

/** Of what reads text. */
export function tokenizerOf(preparation: Preparation): FittedTokenizer {
  if ('tokenizer' in preparation) return preparation.tokenizer;
  throw new Error(`expected a preparation of text, got one of ${preparation.kind}`);
}

/** A tokenizer's vocabulary is left out: it is asked for by itself. */
type Summarised<Kind> = Kind extends { tokenizer: FittedTokenizer }
  ? Omit<Kind, 'tokenizer'> & { tokenizer: Pick<FittedTokenizer, 'type'> & { tokens: number } }
  : Kind;
export type PreparationSummary = Summarised<Preparation>;

/** For people, and small enough for a row. */
export function summaryOf(preparation: Preparation): PreparationSummary {
  if (!('tokenizer' in preparation)) return preparation;
  const { type } = preparation.tokenizer;
  return { ...preparation, tokenizer: { type, tokens: openTokenizer(preparation.tokenizer).vocabulary } };
}

/** What a model expects and gives. */
export function cardOf(preparation: Preparation): ModelCard {
  if (preparation.kind === 'stream') return { task: preparation.task, target: null, features: [], classes: null };
  const { target } = preparation;
  return {
    task: target.type,
    target: target.name,
    features: featuresOf(preparation),
    classes: target.type === 'classification' ? target.classes : null,
  };
}

function featuresOf(preparation: RowsPreparation): ModelCard['features'] {
  switch (preparation.kind) {
    case 'columns':
      return preparation.features.map(({ name, type }) => ({ name, type }));
    case 'images':
      return [{ name: imageField, type: 'image' }];
    case 'texts':
      return [{ name: preparation.column, type: 'text' }];
    default:
      throw new Error(`preparation ${preparation satisfies never}`);
  }
}
