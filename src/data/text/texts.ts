/**
 * A column of texts as rows of tokens: the class token, of which the model reads the answer, then as much of the text as
 * the context takes, then padding.
 */
import type { DataShape } from '../../engine/index.js';
import type { ResolvedTextsSpec } from '../../schemas/dataset-spec.js';
import type { Columns } from '../columns.js';
import { DataError } from '../errors.js';
import { fitClasses, type PreparedClasses } from '../prepare.js';
import { invalidField, type RawRow, refuseUnknownFields } from '../raw-rows.js';
import { readClasses } from '../target.js';
import { isMissing, trimmed } from '../values.js';
import { type FittedTokenizer, fitTokenizer, openTokenizer, unitsOf } from './tokenizer.js';
import type { SpecialToken } from './tokenizers/family.js';

/** Special tokens of a row, in the order of their ids. */
export const rowTokens: readonly SpecialToken[] = ['padding', 'unknown', 'class'];

export interface TextsPreparation {
  kind: 'texts';
  /** Name of the text column. */
  column: string;
  tokenizer: FittedTokenizer;
  target: PreparedClasses;
  /** Columns of the dataset that a raw row may hold and that are not looked at. */
  unused: string[];
  /** Tokens of a row: the model's context. */
  inputs: number;
}

export function textsShape({
  context,
  vocabulary,
  classes,
  rows,
}: {
  context: number;
  vocabulary: number;
  classes: number;
  rows: DataShape['rows'];
}): DataShape {
  const tokens = { vocabulary, targets: 'row', padding: rowTokens.indexOf('padding') } as const;
  return { task: 'classification', inputs: context, outputs: classes, tokens, rows };
}

/** Fits classes to the given rows, which are the training split's, and the tokenizer, where none was fitted before. */
export function fitTexts(
  columns: Columns,
  { target, text, tokenizer }: Pick<ResolvedTextsSpec, 'target' | 'text' | 'tokenizer'>,
  { rows, context, fitted }: { rows: Int32Array; context: number; fitted?: FittedTokenizer | undefined },
): TextsPreparation {
  const read = textReader(columns, text);
  const units = () => Array.from(rows, (row) => unitsOf(tokenizer.type, read(row)));
  return {
    kind: 'texts',
    column: text,
    tokenizer: fitted ?? fitTokenizer(tokenizer, rowTokens, units()),
    target: fitClasses(target, readClasses(columns, target), rows),
    unused: columns.info.map(({ name }) => name).filter((name) => name !== text),
    inputs: context,
  };
}

/** [rows, inputs]: the tokens of rows of the dataset. */
export function encodeTexts(preparation: TextsPreparation, columns: Columns, rows: Int32Array): Int32Array {
  const read = textReader(columns, preparation.column);
  return encodeAll(preparation, rows.length, (index) => read(rows[index]!));
}

/** [rows, inputs]: the tokens of rows as they stood in the dataset. Throws `invalid_row` with index and field in `path`. */
export function encodeRawTexts(preparation: TextsPreparation, rows: readonly RawRow[]): Int32Array {
  return encodeAll(preparation, rows.length, (index) => Buffer.from(rawText(preparation, rows[index]!, index)));
}

function encodeAll({ tokenizer, inputs }: TextsPreparation, rows: number, textAt: (index: number) => Uint8Array) {
  const { encode, special } = openTokenizer(tokenizer);
  const x = new Int32Array(rows * inputs).fill(special('padding'));
  for (let row = 0; row < rows; row++) {
    const tokens = encode(unitsOf(tokenizer.type, textAt(row))).subarray(0, inputs - 1);
    x[row * inputs] = special('class');
    x.set(tokens, row * inputs + 1);
  }
  return x;
}

/** The bytes of a row's text; none where it is missing. */
function textReader(columns: Columns, name: string): (row: number) => Uint8Array {
  const column = columns.column(name);
  if (column.type !== 'text') {
    const details = { column: name, expected: 'text', got: column.type };
    throw new DataError('incompatible_column', `column "${name}": expected text, got ${column.type}`, details);
  }
  const { bytes, offsets } = column;
  return (row) => bytes.subarray(offsets[row], offsets[row + 1]);
}

/** As ingest stored it: without white space around it, and nothing where a marker says that there is none. */
function rawText({ column, unused }: TextsPreparation, row: RawRow, index: number): string {
  refuseUnknownFields(row, index, new Set([column, ...unused]));
  const value = Object.hasOwn(row, column) ? (row[column] ?? '') : '';
  if (typeof value !== 'string') throw invalidField(index, column, { expected: 'a string or null', got: value });
  const text = trimmed(value);
  return isMissing(text) ? '' : text;
}
