/** Program (`npm run openapi`): writes openapi/openapi.json from the routes. A test holds the committed file to them. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from './paths.js';
import { renderOpenApi } from './render-openapi.js';

const folder = join(projectRoot, 'openapi');
await mkdir(folder, { recursive: true });
await writeFile(join(folder, 'openapi.json'), await renderOpenApi());
