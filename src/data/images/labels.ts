/** Labels that are numbers as places among the classes, which are those that training has, in the order of numbers. */
import type { DataError } from '../errors.js';

/** A label is stored as a byte. */
export const mostClasses = 256;

/** `refuse` makes the error of what is expected and got. */
export function encodeLabels(
  train: Iterable<number>,
  test: Iterable<number> | undefined,
  refuse: (expected: string, got: number, testRow?: number) => DataError,
): { classes: string[]; codes: Uint8Array } {
  const values = [...new Set(train)].sort((a, b) => a - b);
  const fraction = values.find((value) => !Number.isSafeInteger(value));
  if (fraction !== undefined) throw refuse('labels that are whole numbers', fraction);
  if (values.length > mostClasses) throw refuse(`at most ${mostClasses} labels that differ`, values.length);
  const code = new Map(values.map((value, index) => [value, index]));
  const codes = [...train].map((label) => code.get(label)!);
  let row = 0;
  for (const label of test ?? []) {
    const found = code.get(label);
    if (found === undefined) throw refuse('a label that training has too', label, row);
    codes.push(found);
    row++;
  }
  return { classes: values.map(String), codes: Uint8Array.from(codes) };
}
