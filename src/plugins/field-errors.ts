/**
 * Ajv's errors → the problem a client reads: where, what was expected, what came. Of a union told apart by `type`, Ajv
 * reports the chosen variant only; an unknown field is named, with the nearest known one as the hint.
 */
import type { FastifySchemaValidationError } from 'fastify';
import { pointerToken } from '../data/errors.js';
import { type FieldError, Problem } from '../errors.js';
import { nearest } from '../nearest.js';

/** What Ajv adds under `verbose`. */
interface VerboseError extends FastifySchemaValidationError {
  schema?: unknown;
  parentSchema?: { properties?: object; oneOf?: unknown[]; description?: string };
  data?: unknown;
  /** What other branches of the same union say. */
  alternatives?: VerboseError[];
}

/** More than a person reads; the rest is counted. */
const mostErrors = 20;

/** Characters of the client's own text that an error repeats. */
const longestText = 100;

/** Where the parts of a request stand in an error's path. The body's own fields stand at the root. */
const roots: Readonly<Record<string, string>> = { body: '', querystring: '/query', headers: '/headers' };

/** `schemaErrorFormatter` of the application. A path parameter that does not fit names nothing that exists: 404. */
export function validationProblem(errors: FastifySchemaValidationError[], part: string): Problem {
  if (part === 'params') return new Problem('not_found', 'No resource has this id');
  const root = roots[part] ?? '';
  const told = withoutUnionNoise(errors as VerboseError[]);
  const fields = joined(told.slice(0, mostErrors)).map((error) => describe(error, root));
  const shown = fields.map(({ hint: _, ...field }) => field);
  const others = Math.max(told.length - mostErrors, 0) + fields.length - 1;
  const more = others > 0 ? ` (and ${others} more)` : '';
  const first = fields[0];
  const detail = first ? `${first.path || 'body'}: ${first.message}${more}` : 'The request does not match its schema';
  const hint = fields.find((field) => field.hint)?.hint;
  return new Problem('invalid_request', detail, { errors: shown, ...(hint && { hint }) });
}

/**
 * `anyOf` stands only where null or a word may replace a value: what its branches say is enough, but for the complaint
 * that the value is not null. A missing `type` is reported by `discriminator`, which knows the choices.
 */
function withoutUnionNoise(errors: readonly VerboseError[]): VerboseError[] {
  const untagged = new Set(errors.filter(({ keyword }) => keyword === 'discriminator').map((e) => e.instancePath));
  return errors.filter(({ keyword, schema, params, instancePath }) => {
    if (keyword === 'anyOf') return false;
    if (keyword === 'type' && schema === 'null') return false;
    return !(keyword === 'required' && params['missingProperty'] === 'type' && untagged.has(instancePath));
  });
}

/** What the branches of one union say of one value, as one error: "expected auto or array". */
function joined(errors: readonly VerboseError[]): VerboseError[] {
  const unions = new Map<string, VerboseError>();
  return errors.flatMap((error) => {
    const [union, branch] = error.schemaPath.split('/anyOf/');
    if (branch === undefined) return [error];
    const first = unions.get(`${union} ${error.instancePath}`);
    if (first) first.alternatives?.push(error);
    else unions.set(`${union} ${error.instancePath}`, Object.assign(error, { alternatives: [] }));
    return first ? [] : [error];
  });
}

type HintedError = FieldError & { hint?: string };

function describe(error: VerboseError, root: string): HintedError {
  const { keyword, params, parentSchema, data } = error;
  const path = root + error.instancePath;
  const under = (name: string) => `${path}/${pointerToken(name.slice(0, longestText))}`;
  switch (keyword) {
    case 'additionalProperties': {
      const name = String(params['additionalProperty']);
      const expected = Object.keys(parentSchema?.properties ?? {});
      const near = nearest(name, expected);
      const message = `unknown field ${brief(name)}${near ? `; did you mean "${near}"?` : ''}`;
      return { path: under(name), message, expected, ...(near && { hint: `did you mean "${near}"?` }) };
    }
    case 'required': {
      const name = String(params['missingProperty']);
      return { path: under(name), message: 'required, but missing' };
    }
    case 'discriminator': {
      const expected = (parentSchema?.oneOf ?? []).flatMap(tagOf);
      const got = (data as Record<string, unknown>)['type'];
      const near = typeof got === 'string' ? nearest(got, expected) : undefined;
      const message = `expected one of ${expected.join(', ')}; got ${brief(got)}`;
      const hint = near && { hint: `did you mean "${near}"?` };
      return { path: under('type'), message, expected, got: summary(got), ...hint };
    }
    default: {
      const all = [error, ...(error.alternatives ?? [])].map(expectation);
      const expected = all.length === 1 ? all[0] : all.flat();
      const message = `expected ${all.map(text).join(' or ')}; got ${brief(data)}`;
      return { path, message, expected, got: summary(data) };
    }
  }
}

/** The value of a variant's tag. */
function tagOf(variant: unknown): string[] {
  const { properties } = variant as { properties?: { type?: { const?: string } } };
  return properties?.['type']?.const === undefined ? [] : [properties.type.const];
}

/** What the keyword asks for: a list of values, or words. */
function expectation({ keyword, params, parentSchema, message }: VerboseError): unknown {
  switch (keyword) {
    case 'type':
      return params['type'];
    case 'enum':
      return params['allowedValues'];
    case 'const':
      return params['allowedValue'];
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return `a number ${params['comparison']} ${params['limit']}`;
    case 'minLength':
    case 'minItems':
      return `at least ${params['limit']} ${keyword === 'minItems' ? 'items' : 'characters'}`;
    case 'maxLength':
    case 'maxItems':
    case 'maxProperties':
      return `at most ${params['limit']} ${keyword === 'maxLength' ? 'characters' : 'items'}`;
    case 'pattern':
      return parentSchema?.description ?? `text like ${params['pattern']}`;
    default:
      return message ?? keyword;
  }
}

const text = (expected: unknown): string =>
  Array.isArray(expected) && expected.length > 1 ? `one of ${expected.join(', ')}` : String(expected);

/** A value as an error may repeat it: scalars as they are, long text cut, the rest by kind. */
function summary(value: unknown): unknown {
  if (typeof value === 'string') return value.length > longestText ? `${value.slice(0, longestText)}…` : value;
  if (Array.isArray(value)) return `array of ${value.length}`;
  return typeof value === 'object' && value !== null ? 'object' : value;
}

const brief = (value: unknown): string => {
  const short = summary(value);
  if (short === undefined) return 'nothing';
  return typeof value === 'string' ? JSON.stringify(short) : String(short);
};
