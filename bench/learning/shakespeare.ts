/**
 * Tiny Shakespeare as characters, in the three ways that the text models read it: as one stream to continue, as one stream
 * with gaps to fill, and as lines of which every second one has had its words shuffled.
 */
import { readFileSync } from 'node:fs';
import { type DataShape, permutation, type Split, streamNumber, type TrainingData } from '../../src/engine/index.js';

const TRAIN_SHARE = 0.9;
const MIN_WORDS = 4;
const SPLIT_SEED = 1;

/** Run from source, or from dist/bench/learning. */
const FILE = new URL(
  import.meta.url.replace(/(?:dist\/)?bench\/learning\/shakespeare\.[jt]s$/, 'examples/data/tinyshakespeare.txt'),
);

/** Ids that stand for no character. */
const PADDING = 0;
const CLASS = 1;
const MASK = 1;

const whole: Parts = { train: [0, TRAIN_SHARE], test: [TRAIN_SHARE, 1] };
const empty: Split = { rows: 0, x: new Int32Array(), y: new Int32Array() };

/** The text's characters in the order of their codes, ids counted from `first` on. */
function readText(first = 0) {
  const text = readFileSync(FILE, 'utf8');
  const characters = [...new Set(text)].sort();
  const ids = new Map(characters.map((character, index) => [character, first + index]));
  const encode = (part: string) => Int32Array.from(part, (character) => ids.get(character)!);
  return { text, encode, vocabulary: first + characters.length };
}

export interface TextData {
  readonly shape: DataShape;
  readonly data: TrainingData;
}

/** Where parts of the text begin and end, as shares of it. */
interface Parts {
  readonly train: readonly [from: number, to: number];
  readonly test: readonly [from: number, to: number];
}

/** Windows of `context` tokens to train on, and others as the test. */
function stream(targets: 'position' | 'masked', context: number, parts: Parts = whole): TextData {
  const { text, encode, vocabulary } = readText(targets === 'masked' ? MASK + 1 : 0);
  const tokens = encode(text);
  const part = ([from, to]: Parts['train']) =>
    tokens.subarray(Math.floor(from * tokens.length), Math.floor(to * tokens.length));
  // The last token of a stream has no next one.
  const rowsOf = (count: number) => Math.floor((targets === 'position' ? count - 1 : count) / context);
  const split = (x: Int32Array): Split => ({ rows: rowsOf(x.length), x, y: new Int32Array() });
  const [train, test] = [split(part(parts.train)), split(part(parts.test))];
  return {
    shape: {
      task: 'classification',
      inputs: context,
      outputs: vocabulary,
      rows: { train: train.rows, validation: 0, test: test.rows },
      tokens: {
        vocabulary,
        targets,
        padding: targets === 'masked' ? PADDING : null,
        stream: { train: train.x.length, validation: 0, test: test.x.length },
        ...(targets === 'masked' ? { mask: { token: MASK, firstOrdinary: MASK + 1 } } : {}),
      },
    },
    data: { train, validation: empty, test },
  };
}

export const nextCharacters = (context: number, parts?: Parts): TextData => stream('position', context, parts);
export const maskedCharacters = (context: number): TextData => stream('masked', context);

/** Entropy in nats of single tokens: what is left of the loss where a model knows their frequencies and nothing else. */
export function unigramEntropy(tokens: Split['x']): number {
  const counts = new Map<number, number>();
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  const shares = [...counts.values()].map((count) => count / tokens.length);
  return -shares.reduce((sum, share) => sum + share * Math.log(share), 0);
}

/** The line with its words in another order; null where every order gives the same line. */
function shuffled(line: string, index: number): string | null {
  const words = line.split(' ');
  if (new Set(words).size === 1) return null;
  for (let attempt = 0; ; attempt++) {
    const order = permutation(words.length, index, streamNumber('shuffle'), attempt);
    const other = [...order].map((place) => words[place]).join(' ');
    if (other !== line) return other;
  }
}

export interface LinePairs extends TextData {
  /** Accuracy on the test of the best rule that counts words: a pair's lines have the same, so that it tells none apart. */
  readonly bagOfWords: number;
  /** Accuracy on the test of "real is what begins with a capital letter", which takes a place and a letter, and no language. */
  readonly capital: number;
}

/**
 * Each different line of at least four words (class 1), and the same with its words shuffled (class 0): a class token, the
 * line's characters, padding up to `context`. 90 % of the pairs, drawn at random, are to
 * train on, the rest is the test: a pair stays together.
 */
export function shuffledLines(context: number): LinePairs {
  const { text, encode, vocabulary } = readText(CLASS + 1);
  const lines = [...new Set(text.split('\n').map((line) => line.trim().replaceAll(/ +/g, ' ')))].filter(
    (line) => line.split(' ').length >= MIN_WORDS && line.length < context,
  );
  const pairs = lines.flatMap((line, index) => {
    const other = shuffled(line, index);
    return other === null ? [] : [[other, line] as const];
  });
  const split = (part: readonly (readonly [string, string])[]): Split => {
    const x = new Int32Array(2 * part.length * context).fill(PADDING);
    part.flat().forEach((line, row) => {
      x[row * context] = CLASS;
      x.set(encode(line), row * context + 1);
    });
    return { rows: 2 * part.length, x, y: Int32Array.from(part.flat(), (_, row) => row % 2) };
  };
  const order = [...permutation(pairs.length, SPLIT_SEED, streamNumber('split'))].map((index) => pairs[index]!);
  const cut = Math.floor(TRAIN_SHARE * pairs.length);
  const tested = order.slice(cut);
  const [train, test] = [split(order.slice(0, cut)), split(tested)];
  const bag = (line: string) => line.split(' ').sort().join(' ');
  const toldApart = tested.filter(([other, line]) => bag(other) !== bag(line)).length;
  const isUpper = (line: string) => /^[A-Z]/.test(line);
  const right = tested.reduce((sum, [other, line]) => sum + Number(isUpper(line)) + Number(!isUpper(other)), 0);
  return {
    shape: {
      task: 'classification',
      inputs: context,
      outputs: 2,
      rows: { train: train.rows, validation: 0, test: test.rows },
      tokens: { vocabulary, targets: 'row', padding: PADDING },
    },
    data: { train, validation: empty, test },
    bagOfWords: (tested.length + toldApart) / test.rows,
    capital: right / test.rows,
  };
}
