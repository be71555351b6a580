/** openapi-generator, which reads OpenAPI 3.0 alone, takes that document as it is, and its client in Python compiles. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { projectRoot } from '../../../src/paths.js';

const run = promisify(execFile);
const jar = join(projectRoot, 'node_modules/@openapitools/openapi-generator-cli/bin/openapi-generator.jar');

test('the client in Python is made without an error of the document, and compiles', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'trainyard-python-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const document = join(projectRoot, 'openapi/openapi-3.0.json');
  await run('java', ['-jar', jar, 'generate', '-g', 'python', '-i', document, '-o', folder], { maxBuffer: 2 ** 26 });
  await run('python3', ['-m', 'compileall', '-q', join(folder, 'openapi_client')]);
  assert.match(
    await readFile(join(folder, 'openapi_client/api/jobs_api.py'), 'utf8'),
    /def create_job\(self, job_spec/,
  );
});
