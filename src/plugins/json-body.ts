/**
 * The one parser of JSON bodies. It refuses what a later stage would choke on: text that is not UTF-8, deep nesting
 * (recursion), `__proto__` as a name (prototypes), and strings that PostgreSQL cannot hold (NUL, half a surrogate pair).
 */
import { isUtf8 } from 'node:buffer';
import fp from 'fastify-plugin';
import { pointerToken } from '../data/errors.js';
import { fieldProblem, Problem } from '../errors.js';

const deepest = 32;
/** Seconds that a JSON body may take to arrive. Uploads have limits of their own. */
const bodySeconds = 30;

export default fp(async (app) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) =>
    parseJson(body),
  );

  app.addHook('preParsing', async (request, _reply, payload) => {
    if (!request.headers['content-type']?.startsWith('application/json')) return payload;
    const timer = setTimeout(
      () => request.raw.destroy(new Error(`no body within ${bodySeconds} s`)),
      bodySeconds * 1000,
    );
    payload.once('close', () => clearTimeout(timer));
    payload.once('end', () => clearTimeout(timer));
    return payload;
  });
});

/** The value, or undefined for an empty body. Throws a Problem. */
export function parseJson(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  if (!isUtf8(body)) throw new Problem('malformed_json', 'The body is not UTF-8');
  let value: unknown;
  try {
    value = JSON.parse(body.toString());
  } catch (error) {
    throw new Problem('malformed_json', (error as SyntaxError).message);
  }
  check(value);
  return value;
}

/** A value on its way through the check, with the way that led to it. */
interface Visit {
  value: unknown;
  key: string;
  parent: Visit | null;
  depth: number;
}

/** Walks without recursion, since nesting is what it guards against. */
function check(root: unknown): void {
  const stack: Visit[] = [{ value: root, key: '', parent: null, depth: 0 }];
  for (let visit = stack.pop(); visit; visit = stack.pop()) {
    const { value, depth } = visit;
    if (typeof value === 'string' && !isStorable(value)) throw refused(visit, unstorable);
    if (typeof value !== 'object' || value === null) continue;
    if (depth === deepest) throw refused(visit, `nested deeper than ${deepest} levels`);
    for (const [key, child] of Object.entries(value)) {
      const next = { value: child, key, parent: visit, depth: depth + 1 };
      if (key === '__proto__') throw refused(next, 'a field may not have this name');
      if (!isStorable(key)) throw refused(next, unstorable);
      stack.push(next);
    }
  }
}

export const unstorable = 'text may hold neither NUL nor half a surrogate pair';

/** Whether PostgreSQL can hold the text. With the u flag, \p{Surrogate} matches lone surrogates only. */
export const isStorable = (text: string): boolean => !/\0|\p{Surrogate}/u.test(text);

function refused(visit: Visit, message: string): Problem {
  const keys: string[] = [];
  for (let step = visit; step.parent; step = step.parent) keys.unshift(pointerToken(step.key.slice(0, 100)));
  return fieldProblem('malformed_request', { path: keys.map((key) => `/${key}`).join(''), message });
}
