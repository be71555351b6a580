/** Words, within which tokens are merged: letters, digits or other signs, with the space before them; and white space. */

/** Code points that are read at once: a whole text may be longer than a string can be. */
const sliceLength = 65_536;
/** A run longer than 100 characters is several words, so that what one costs is bounded. */
const pattern = / ?\p{L}{1,100}| ?\p{N}{1,100}| ?[^\s\p{L}\p{N}]{1,100}|\s{1,100}(?!\S)|\s{1,100}/gu;

/** The words of a text, which together are the text, however it is sliced. */
export function* wordsOf(units: Int32Array, slice = sliceLength): Generator<string, void> {
  let rest = '';
  for (let from = 0; from < units.length; from += slice) {
    const words = (rest + textOf(units.subarray(from, from + slice))).match(pattern)!;
    rest = words.pop()!; // what follows may belong to it
    yield* words;
  }
  if (rest !== '') yield* rest.match(pattern)!;
}

/** How often each word is there. */
export function countWords(texts: readonly Int32Array[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** Arguments that a call can surely take. */
const mostArguments = 4096;

function textOf(units: Int32Array): string {
  let text = '';
  for (let from = 0; from < units.length; from += mostArguments) {
    text += String.fromCodePoint(...units.subarray(from, from + mostArguments));
  }
  return text;
}
