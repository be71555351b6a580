/** What the tokenizers of one type have in common, and what an opened one does. */

export type SpecialToken = 'padding' | 'unknown' | 'class' | 'mask';

/** What every fitted tokenizer says; plain JSON, so that it lives in the checkpoint. */
export interface FittedBase {
  /** In the order of their ids, from 0. */
  special: SpecialToken[];
}

export interface Tokenizer {
  readonly vocabulary: number;
  /** The first id that is not special's. */
  readonly firstOrdinary: number;
  /** The id of a special token that it has. */
  special(name: SpecialToken): number;
  /** Ids of units; what the vocabulary lacks is `unknown`. */
  encode(units: Int32Array): Int32Array;
  /** The text of ordinary tokens. Bytes that are no UTF-8 become U+FFFD. */
  decode(tokens: readonly number[]): string;
  /** The bytes of an ordinary token: a character may take several tokens. */
  bytesOf(token: number): Uint8Array;
}

/** Ordinary tokens: ids count from 0 here. */
export interface OrdinaryTokens extends Pick<Tokenizer, 'decode' | 'bytesOf'> {
  readonly count: number;
  /** −1 is unknown. */
  encode(units: Int32Array): Int32Array;
  /** How each token is written where a vocabulary is read. */
  spell(token: number): string;
}

export interface TokenizerFamily<Spec, Fitted extends FittedBase> {
  /** Whether there are texts that it cannot tell, so that it needs `unknown`. */
  readonly hasUnknown: boolean;
  /** [units] of a text in UTF-8: what it is cut by, before anything is fitted. */
  units(utf8: Uint8Array): Int32Array;
  /** The most ordinary tokens that fitting can give. */
  mostOrdinary(spec: Spec, facts: { special: number; distinctCharacters: number }): number;
  /** Fits to texts of the training split. */
  fit(spec: Spec, special: SpecialToken[], texts: readonly Int32Array[]): Fitted;
  open(fitted: Fitted): OrdinaryTokens;
}
