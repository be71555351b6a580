/** The OpenAPI documents as text, as they are committed in openapi/. Nothing is opened for them: routes are described, not run. */
import { pino } from 'pino';
import { buildApp } from './app.js';
import { loadConfig } from './config.js';
import { toOpenApi30 } from './plugins/openapi-3.0.js';
import type { Services } from './services/index.js';

const notice = 'From the routes, by `npm run openapi`. Do not edit.';

/** Two-space JSON; its first field says that it is generated. */
export async function renderOpenApi(): Promise<string> {
  const app = buildApp({ config: loadConfig({}), services: undescribed(), log: pino({ level: 'silent' }) });
  try {
    await app.ready();
    return `${JSON.stringify({ 'x-generated': notice, ...app.swagger() }, null, 2)}\n`;
  } finally {
    await app.close();
  }
}

/** The same in OpenAPI 3.0.3. */
export function renderOpenApi30(document: string): string {
  return `${JSON.stringify(toOpenApi30(JSON.parse(document) as object), null, 2)}\n`;
}

/** Routes take the services apart when they are registered, and call them only to answer. */
function undescribed(): Services {
  return new Proxy({} as Services, { get: () => undefined });
}
