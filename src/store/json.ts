/** Values on their way into jsonb and text columns. */
import { Problem } from '../errors.js';

/** An escape of U+0000 or of half a surrogate pair, as JSON.stringify writes them: legal JSON that jsonb refuses. */
const unstorableEscape = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

/** `value` as JSON text for a jsonb column. Throws Problem `invalid_request` for text that PostgreSQL cannot hold. */
export function json(value: object): string {
  const text = JSON.stringify(value);
  if (unstorableEscape.test(text)) throw unstorable();
  return text;
}

/** `text` for a text column, or Problem `invalid_request`. */
export function storableText(text: string): string {
  if (text.includes('\0')) throw unstorable();
  return text;
}

function unstorable(): Problem {
  return new Problem('invalid_request', 'text must not hold U+0000 or half a surrogate pair');
}
