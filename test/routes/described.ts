/** Holds answers to the OpenAPI document: an answer that it does not describe fails the test that got it. */
import assert from 'node:assert/strict';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';

interface Operation {
  responses: Record<string, { content?: Record<string, unknown> }>;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
}

const escaped = (text: string): string => text.replaceAll('~', '~0').replaceAll('/', '~1');

interface Answer {
  statusCode: number;
  headers: Record<string, unknown>;
  body: string;
}

/** Of answers to requests by method and URL. */
export function describedAnswers(
  described: object,
): (request: { method?: string; url?: unknown }, answer: Answer) => void {
  const document = described as Document;
  const ajv = new Ajv2020({ strict: false, discriminator: false });
  ajvFormats.default(ajv);
  ajv.addSchema(document, 'openapi');
  const templates = Object.keys(document.paths).map((path) => ({
    path,
    pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
  }));

  return ({ method = 'GET', url }, response) => {
    const path = String(url).split('?')[0]!;
    const template =
      templates.find(({ path: exact }) => exact === path) ?? templates.find(({ pattern }) => pattern.test(path));
    const verb = method === 'HEAD' ? 'get' : method.toLowerCase();
    const operation = template && document.paths[template.path]?.[verb];
    const contentType = String(response.headers['content-type'] ?? '').split(';')[0]!;
    // Streams answer no HEAD.
    if (!operation || (method === 'HEAD' && response.statusCode === 404)) {
      // A path or method that is not there is no operation; it is answered with a problem all the same.
      assert.equal(contentType, 'application/problem+json', `${method} ${path}`);
      return;
    }
    const at = `${method} ${template.path} → ${response.statusCode} ${contentType}`;
    const described = operation.responses[response.statusCode];
    assert.ok(described, `${at} is not described: ${response.body}`);
    if (method === 'HEAD' || !described.content) return;
    assert.ok(contentType in described.content, `${at} is not described`);
    if (!contentType.endsWith('json')) return;
    const pointer = [
      'paths',
      template.path,
      verb,
      'responses',
      String(response.statusCode),
      'content',
      contentType,
      'schema',
    ];
    const validate = ajv.getSchema(`openapi#/${pointer.map(escaped).map(encodeURIComponent).join('/')}`);
    assert.ok(validate, `${at} has no schema`);
    assert.ok(validate(JSON.parse(response.body)), `${at}: ${ajv.errorsText(validate.errors)} in ${response.body}`);
  };
}
