/** The API as one Fastify application, put together from plugins and routes. It never listens: server.ts does. */
import fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from './config.js';
import { answerBrokenRequest } from './plugins/broken-requests.js';
import closing from './plugins/closing.js';
import dashboard from './plugins/dashboard.js';
import errors, { sendError } from './plugins/errors.js';
import { validationProblem } from './plugins/field-errors.js';
import jsonBody from './plugins/json-body.js';
import keys, { asksForKeys } from './plugins/keys.js';
import load from './plugins/load.js';
import loopbackOnly from './plugins/loopback-only.js';
import namedSchemas from './plugins/named-schemas.js';
import observation from './plugins/observation.js';
import openapi from './plugins/openapi.js';
import queryValues from './plugins/query-values.js';
import requestIds, { newRequestId } from './plugins/request-ids.js';
import securityHeaders from './plugins/security-headers.js';
import type { App } from './routes/app.js';
import { routes } from './routes/index.js';
import type { Services } from './services/index.js';

export interface AppOptions {
  config: Pick<Config, 'host' | 'keys' | 'requestsPerMinute' | 'trustProxy'>;
  services: Services;
  log: Logger;
}

const bodyLimit = 256 * 1024;
/** Covers the slowest upload that is allowed; JSON bodies have seconds (plugins/json-body.ts). */
const requestTimeout = 3_600_000;

export function buildApp({ config, services, log }: AppOptions): App {
  const app: App = fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }), // plugins/request-ids.ts logs one line, not two
    genReqId: newRequestId,
    bodyLimit,
    requestTimeout,
    trustProxy: config.trustProxy && asksForKeys(config), // else a rebound page could name itself localhost
    return503OnClosing: false, // plugins/closing.ts: what has connected is served
    forceCloseConnections: 'idle',
    frameworkErrors: sendError,
    http: { requireHostHeader: false }, // Node's answer has no body: plugins/errors.ts gives ours
    clientErrorHandler: answerBrokenRequest,
    schemaErrorFormatter: validationProblem,
    ajv: {
      customOptions: {
        removeAdditional: false,
        coerceTypes: false,
        useDefaults: false,
        discriminator: true,
        keywords: ['x-consume'], // where it stands: the parameter is JSON
        allErrors: true, // a body is at most 256 KiB, which bounds them
        verbose: true,
      },
    },
  });
  // Responses are described by schemas and held to them by tests; serialising by them would drop what they do not name.
  app.setSerializerCompiler(() => JSON.stringify);

  app.register(requestIds);
  app.register(closing);
  app.register(errors);
  app.register(securityHeaders);
  if (!asksForKeys(config)) app.register(loopbackOnly, { host: config.host });
  app.register(load);
  app.register(keys, { config, keys: services.keys });
  app.register(jsonBody);
  app.register(queryValues);
  app.register(namedSchemas);
  app.register(openapi);
  app.register(dashboard);
  app.register(observation, { health: services.health });
  app.register(async (api: App) => routes(api, services));
  return app;
}
