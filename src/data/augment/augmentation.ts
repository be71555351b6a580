/**
 * The contract of an augmentation: what it does to a row of training data, drawn anew each epoch. Rows of validation, test
 * and predict are never touched. Draws are those of (seed, epoch, row), so that a row is the same whoever computes it, and
 * when. Images are changed as levels from 0 to 255, before they are scaled; rows of a table as the model gets them.
 */
import { Type } from '#typebox';
import type { Draws } from '../../engine/index.js';

export interface ImageRow {
  /** [channels, height, width], from 0 to 255 */
  readonly values: Float32Array;
  readonly shape: readonly [channels: number, height: number, width: number];
  /** As many values to work in. */
  readonly before: Float32Array;
}

export interface TableRow {
  /** [inputs], as the model gets them */
  readonly values: Float32Array;
  readonly features: readonly FeatureInputs[];
}

/** The inputs that a column became, first … first + width − 1. */
export interface FeatureInputs {
  readonly first: number;
  readonly width: number;
  /** So many of them, from the first on, are scaled numbers: neither a category nor an indicator. */
  readonly quantities: number;
}

export interface TokenRow {
  readonly tokens: Int32Array;
  /** Stands for what the tokenizer does not know. */
  readonly unknown: number;
  readonly padding: number;
  /** Tokens below are special ones. */
  readonly firstOrdinary: number;
}

/** Kinds of rows: `text` is one of a table's texts, `window` a part of one long text whose targets are its next tokens. */
export interface RowKinds {
  image: ImageRow;
  table: TableRow;
  text: TokenRow;
  window: TokenRow;
}

/** It has a function for each kind of rows that it fits: it changes a row, or mixes another one into it. */
export interface Augmentation<Spec> {
  readonly changes?: Changes<Spec>;
  readonly mixes?: Mixes<Spec>;
}

interface Changes<Spec> {
  image?(spec: Spec, row: ImageRow, draws: Draws): void;
  table?(spec: Spec, row: TableRow, draws: Draws): void;
  text?(spec: Spec, row: TokenRow, draws: Draws): void;
  window?(spec: Spec, row: TokenRow, draws: Draws): void;
}

/** They return the share that the row keeps, by which its target is mixed too. */
interface Mixes<Spec> {
  image?(spec: Spec, row: ImageRow, other: ImageRow, draws: Draws): number;
  table?(spec: Spec, row: TableRow, other: TableRow, draws: Draws): number;
}

/** How often an augmentation is applied to a row. */
export const probability = (fallback = 1) =>
  Type.Optional(
    Type.Number({ minimum: 0, maximum: 1, default: fallback, description: 'Of a row to be augmented so, each epoch' }),
  );

/** What stands where an image has no pixel. */
export const fill = Type.Optional(
  Type.Number({ minimum: 0, maximum: 255, default: 0, description: 'Level of what comes in from outside' }),
);

export const closed = { additionalProperties: false } as const;
