/**
 * Program (`npm run openapi`): writes openapi/openapi.json from the routes, and the types of the client from that. Tests
 * hold the committed files to them.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from './paths.js';
import { renderClientTypes } from './render-client-types.js';
import { renderOpenApi } from './render-openapi.js';

const folder = join(projectRoot, 'openapi');
await mkdir(folder, { recursive: true });
const document = await renderOpenApi();
await writeFile(join(folder, 'openapi.json'), document);
await writeFile(join(projectRoot, 'clients/typescript/src/schema.ts'), await renderClientTypes(document));
