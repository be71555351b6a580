/** The committed OpenAPI document is the one that the routes give, and says what client generators need. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { projectRoot } from '../src/paths.js';
import { renderOpenApi, renderOpenApi30 } from '../src/render-openapi.js';

interface Schema {
  discriminator?: { propertyName: string; mapping: Record<string, string> };
  oneOf?: { $ref: string }[];
  properties?: Record<string, Schema & { const?: string }>;
  required?: string[];
  examples?: object[];
}
type Content = Record<string, { schema?: { $ref?: string; type?: string } }>;
interface Operation {
  requestBody?: { required: boolean; content?: Content };
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  responses: Record<string, { content?: Content }>;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

const rendered = await renderOpenApi();
const document = JSON.parse(rendered) as Document;
const { schemas } = document.components;

const committed = { 'openapi.json': rendered, 'openapi-3.0.json': renderOpenApi30(rendered) };
for (const [file, expected] of Object.entries(committed)) {
  test(`openapi/${file} is what the routes give, byte for byte`, async () => {
    assert.ok((await readFile(join(projectRoot, 'openapi', file), 'utf8')) === expected, 'run npm run openapi');
  });
}

test('the document in OpenAPI 3.0 has no word of JSON Schema that 3.0 lacks, and everything else of the other', () => {
  const old = JSON.parse(committed['openapi-3.0.json']) as Document & { openapi: string };
  assert.equal(old.openapi, '3.0.3');
  assert.deepEqual(Object.keys(old.paths), Object.keys(document.paths));
  assert.deepEqual(Object.keys(old.components.schemas), Object.keys(schemas));
  const check = (node: unknown, at: string): void => {
    if (typeof node !== 'object' || node === null) return;
    const {
      type,
      nullable,
      exclusiveMinimum = true,
      exclusiveMaximum = true,
      ...rest
    } = node as Record<string, unknown>;
    if (!at.endsWith('/properties')) {
      for (const word of ['const', 'examples']) assert.ok(!(word in rest), `${word} at ${at}`);
      assert.ok(type !== 'null' && !Array.isArray(type), at);
      assert.ok(nullable === undefined || typeof type === 'string', `nullable without a type at ${at}`);
      assert.deepEqual([exclusiveMinimum, exclusiveMaximum], [true, true], at);
      assert.ok(rest['default'] !== null, `a default of null at ${at}`);
      assert.ok(type !== 'array' || 'items' in rest, `a list of nothing at ${at}`);
      const variants = (rest['anyOf'] ?? []) as { type?: string }[];
      assert.ok(!variants.some((variant) => variant.type === 'array'), `a list in a union at ${at}`);
    }
    for (const [key, value] of Object.entries(node)) if (key !== 'example') check(value, `${at}/${key}`);
  };
  check(old, '');
  const { Job, JobSpec } = old.components.schemas as Record<string, { properties: Record<string, object> }>;
  const result = { type: 'object', nullable: true, allOf: [{ $ref: '#/components/schemas/JobResult' }] };
  assert.deepEqual(Job!.properties['result'], result);
  const id = { type: 'string', pattern: '^job_[0-9a-hjkmnp-tv-z]{26}$', description: 'Id of a job', nullable: true };
  assert.deepEqual(Job!.properties['forkOf'], id);
  const { limits } = JobSpec!.properties as Record<
    string,
    { properties: { maxSeconds: { exclusiveMinimum: boolean } } }
  >;
  assert.equal(limits!.properties.maxSeconds.exclusiveMinimum, true);
});

test('every operation has a unique camelCase id, words and a tag; every error is a problem', () => {
  const ids = new Set<string>();
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const at = `${method} ${path}`;
      assert.match(operation.operationId, /^[a-z][A-Za-z]+$/, at);
      assert.ok(!ids.has(operation.operationId), at);
      ids.add(operation.operationId);
      assert.ok(operation.summary && operation.description && operation.tags.length === 1, at);
      for (const [status, { content = {} }] of Object.entries(operation.responses)) {
        if (Number(status) >= 400)
          assert.deepEqual(Object.keys(content), ['application/problem+json'], `${at} ${status}`);
      }
    }
  }
});

test('a body of which nothing is required may be left out', () => {
  const isRequired = (path: string) => document.paths[path]?.['post']?.requestBody?.required;
  assert.equal(isRequired('/v1/jobs/{id}/cancel'), false);
  assert.equal(isRequired('/v1/jobs'), true);
});

test('every union maps each tag to a named variant that requires that very tag', () => {
  const unions: Schema[] = [];
  const collect = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('discriminator' in node) unions.push(node as Schema);
    Object.values(node).forEach(collect);
  };
  collect(document);
  assert.ok(unions.length >= 6);
  for (const { discriminator, oneOf = [] } of unions) {
    assert.deepEqual(
      Object.values(discriminator!.mapping),
      oneOf.map(({ $ref }) => $ref),
    );
    for (const [tag, reference] of Object.entries(discriminator!.mapping)) {
      const variant = schemas[reference.split('/').at(-1)!];
      assert.equal(variant?.properties?.[discriminator!.propertyName]?.const, tag);
      assert.ok(variant?.required?.includes(discriminator!.propertyName));
    }
  }
});

test('every JSON body, in and out, is a component with an example that fits it', () => {
  const ajv = new Ajv2020({ strict: false });
  ajvFormats.default(ajv);
  ajv.addSchema(document, 'openapi');
  const checked = new Set<string>();
  for (const operation of Object.values(document.paths).flatMap((path) => Object.values(path))) {
    const contents = [operation.requestBody, ...Object.values(operation.responses)].map((body) => body?.content ?? {});
    for (const [type, { schema }] of contents.flatMap((content) => Object.entries(content))) {
      const name = schema?.$ref?.split('/').at(-1);
      if (!type.endsWith('json') || schema?.type === 'object') continue; // OpenAPI itself has no component
      assert.ok(name, operation.operationId);
      checked.add(name);
    }
  }
  assert.ok(checked.size > 30);
  for (const name of checked) {
    const validate = ajv.getSchema(`openapi#/components/schemas/${name}`)!;
    const { examples = [] } = schemas[name]!;
    assert.ok(examples.length > 0, name);
    for (const example of examples) assert.ok(validate(example), `${name}: ${ajv.errorsText(validate.errors)}`);
  }
});
