/** Requests drawn from the operations of the OpenAPI document: most near what they want, some of them far from it. */
import fc, { type Arbitrary } from 'fast-check';
import { hostileValue, places, replaced } from './hostile-values.js';
import { idText, placeholder } from './ids.js';
import { idOf, type Schema, schemaValues } from './schema-values.js';
import { boundary, upload } from './uploads.js';

type Content = Record<string, { schema: Schema }>;
interface Parameter {
  in: 'path' | 'query' | 'header';
  name: string;
  schema?: Schema;
  content?: Content;
}
interface Operation {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: Content };
}
export interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

/** A request whose URL and body have placeholders for ids. */
export interface Drawn {
  tenant: 0 | 1;
  key: 'admin' | 'read' | 'wrong' | 'none';
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | null;
}

/** Each starts a process, where it has something to do. */
const slow = new Set(['verifyJob', 'getDatasetProfile', 'getDatasetPreview', 'exportModel', 'createDataset']);

/** The first, but for one time in `weight` + 1. */
const mostly = <T>(weight: number, usual: Arbitrary<T>, other: Arbitrary<T>): Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: other });

const printable = fc.string({ maxLength: 30 });
const headerValues: Record<string, Arbitrary<string>> = {
  'idempotency-key': mostly(4, fc.constantFrom('a', 'b', 'c'), printable),
  'last-event-id': mostly(4, fc.constantFrom('0', '3', '700-1'), printable),
  range: fc.constantFrom('bytes=0-10', 'bytes=5-', 'bytes=-5', 'bytes=99999999999-', 'bytes=5-2', 'bytes=0-1,3-4', 'x'),
  accept: fc.constantFrom('application/json', 'text/csv', 'image/png', 'text/event-stream', 'text/html', '*/*', ';q=,'),
};
const contentTypes = fc.constantFrom(
  ...['application/json; charset=utf-8', 'application/json; charset=latin1', 'text/plain', 'application/xml', 'json'],
  ...['multipart/form-data', 'multipart/form-data; boundary=', 'application/x-www-form-urlencoded', '', '\t;;'],
);

export function requestsOf({ paths, components }: Document): Arbitrary<Drawn> {
  const valuesOf = schemaValues(components.schemas);
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const weight = slow.has(operation.operationId) || method === 'delete' ? 1 : 6;
      return { weight, arbitrary: requestOf(method.toUpperCase(), path, operation) };
    }),
  );
  return fc.oneof(...operations);

  function requestOf(method: string, path: string, { parameters = [], requestBody }: Operation): Arbitrary<Drawn> {
    const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
    const body = type?.startsWith('multipart') ? upload : bodyOf(media?.schema);
    return fc
      .record({
        tenant: mostly(3, fc.constant<0 | 1>(0), fc.constant<0 | 1>(1)),
        key: mostly(30, fc.constant<Drawn['key']>('admin'), fc.constantFrom<Drawn['key']>('read', 'wrong', 'none')),
        method: mostly(40, fc.constant(method), fc.constantFrom('PUT', 'POST', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD')),
        url: fc.tuple(pathOf(path, parameters), queryOf(parameters)).map((parts) => parts.join('')),
        headers: headersOf(parameters),
        contentType: mostly(30, fc.constant(type && typed(type)), contentTypes),
        body: type === undefined ? mostly(20, fc.constant(null), bodyOf(undefined)) : body,
      })
      .map(({ contentType, headers, ...request }) => {
        const given = request.body !== null && contentType ? { 'content-type': contentType } : {};
        return { ...request, headers: { ...headers, ...given } };
      });
  }

  function pathOf(path: string, parameters: Parameter[]): Arbitrary<string> {
    const { schema } = parameters.find((parameter) => parameter.in === 'path') ?? {};
    if (schema === undefined)
      return mostly(40, fc.constant(path), fc.constantFrom(`${path}/`, `/${path}`, `${path}%zz`));
    const junk = fc.oneof(
      fc.constantFrom(
        ...Object.keys(paths).map((other) => other.split('/')[2] ?? ''),
        '%00',
        '%ff',
        '..',
        'x'.repeat(3000),
      ),
      fc.string({ unit: 'grapheme', minLength: 1 }).map(encodeURIComponent),
      fc.constantFrom('ds', 'job', 'ckpt', 'mdl', 'swp', 'key').chain(idOf),
    );
    return mostly(15, valuesOf(schema).map(String), junk).map((id) =>
      path.replace('{id}', () => id).replace(/\{\w+\}$/, 'latest'),
    );
  }

  function queryOf(parameters: Parameter[]): Arbitrary<string> {
    const wanted = parameters.filter((parameter) => parameter.in === 'query');
    const pairs = wanted.map(({ name, schema, content }) => {
      const json = content?.['application/json']?.schema;
      const good = json ? valuesOf(json).map((value) => JSON.stringify(value)) : valuesOf(schema!).map(String);
      const spoilt = hostileValue.map((value) => JSON.stringify(value));
      return mostly<string | null>(
        3,
        fc.constant(null),
        mostly(8, good, spoilt).map((value) => `${name}=${escaped(value)}`),
      );
    });
    const junk = fc.constantFrom('x=1', 'limit=1&limit=2', '%', 'cursor=%00', '__proto__=1', '&&==', 'a[b]=c');
    return mostly(40, fc.tuple<(string | null)[]>(...pairs), fc.tuple(junk)).map((parts) => {
      const given = parts.filter((part) => part !== null);
      return given.length ? `?${given.join('&')}` : '';
    });
  }

  function headersOf(parameters: Parameter[]): Arbitrary<Record<string, string>> {
    const names = parameters.filter((parameter) => parameter.in === 'header').map(({ name }) => name);
    const values = [...names, 'accept'].map((name) => [name, headerValues[name] ?? printable] as const);
    return fc
      .record(Object.fromEntries(values), { requiredKeys: [], noNullPrototype: true })
      .map((headers) => headers as Record<string, string>);
  }

  function bodyOf(schema: Schema | undefined): Arbitrary<string | null> {
    const { $ref } = schema ?? {};
    const examples = ($ref && components.schemas[$ref.split('/').at(-1)!]?.examples) || [];
    const good = examples.map((example) => JSON.parse(withPlaceholders(JSON.stringify(example))) as unknown);
    const drawn = schema ? valuesOf(schema) : fc.jsonValue();
    const near = good.length ? fc.oneof(fc.constantFrom(...good), drawn) : drawn;
    const spoilt = near.chain((value) =>
      fc.tuple(fc.constantFrom(...places(value)), hostileValue).map(([place, by]) => replaced(value, place, by)),
    );
    const json = fc.oneof({ weight: 3, arbitrary: near }, { weight: 2, arbitrary: spoilt }).map(toJson);
    const broken = fc.oneof(
      fc.string(),
      json.map((text) => text.slice(0, -1)),
      fc.constantFrom('', '[', '\0', '{"a":1,}'),
    );
    return mostly<string | null>(15, json, fc.oneof(broken, fc.constant(null)));
  }
}

const toJson = (value: unknown): string => JSON.stringify(value) ?? 'null';

/** Ids stay placeholders. */
const escaped = (text: string): string => encodeURIComponent(text).replace(/%7B%7B([\w.]+)%7D%7D/g, '{{$1}}');

const withPlaceholders = (text: string): string =>
  text.replace(idText, (_, prefix: string) => placeholder(prefix, 'own', 0));

const typed = (type: string): string => (type.startsWith('multipart') ? `${type}; boundary=${boundary}` : type);
