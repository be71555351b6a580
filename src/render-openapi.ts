/** The OpenAPI document as text, as it is committed in openapi/. Nothing is opened for it: routes are described, not run. */
import { pino } from 'pino';
import { buildApp } from './app.js';
import { loadConfig } from './config.js';
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

/** Routes take the services apart when they are registered, and call them only to answer. */
function undescribed(): Services {
  return new Proxy({} as Services, { get: () => undefined });
}
