/**
 * Helmet with a policy under which a page runs our own files and nothing else. There is no upgrade-insecure-requests and
 * no HSTS: the service speaks plain HTTP, and behind TLS the proxy sets them.
 */
import helmet from '@fastify/helmet';
import fp from 'fastify-plugin';

/** Swagger UI draws its icons from data: URLs; all else comes from here. */
const contentSecurityPolicy = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
};

export default fp(async (app) => {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: contentSecurityPolicy },
    strictTransportSecurity: false,
    xFrameOptions: { action: 'deny' },
  });
});
