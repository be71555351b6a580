/** The committed OpenAPI document is the one that the routes give, and says what client generators need. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { projectRoot } from '../src/paths.js';
import { renderOpenApi } from '../src/render-openapi.js';

interface Schema {
  discriminator?: { propertyName: string; mapping: Record<string, string> };
  oneOf?: { $ref: string }[];
  properties?: Record<string, Schema & { const?: string }>;
  required?: string[];
  examples?: object[];
}
interface Operation {
  requestBody?: { required: boolean };
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  responses: Record<string, { content?: object }>;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

const rendered = await renderOpenApi();
const document = JSON.parse(rendered) as Document;
const { schemas } = document.components;

test('openapi/openapi.json is what the routes give, byte for byte', async () => {
  const committed = await readFile(join(projectRoot, 'openapi/openapi.json'), 'utf8');
  assert.ok(committed === rendered, 'run npm run openapi');
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

test('the examples of bodies fit their schemas', () => {
  const ajv = new Ajv2020({ strict: false });
  ajvFormats.default(ajv);
  ajv.addSchema(document, 'openapi');
  const withExamples = Object.entries(schemas).filter(([, { examples }]) => examples);
  assert.deepEqual(withExamples.map(([name]) => name).sort(), ['JobSpec', 'PredictRequest']);
  for (const [name, { examples = [] }] of withExamples) {
    const validate = ajv.getSchema(`openapi#/components/schemas/${name}`)!;
    for (const example of examples) assert.ok(validate(example), `${name}: ${ajv.errorsText(validate.errors)}`);
  }
});
