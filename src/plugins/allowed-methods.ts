/** Which methods the path of a URL does answer, for whoever asked with another one. */
import type { FastifyInstance } from 'fastify';

export const pathOf = (url: string): string => url.split('?', 1)[0] ?? '/';

/** A lookup over the route table, which fills as routes are registered. */
export function allowedMethods(app: FastifyInstance): (url: string) => string[] {
  const table: { path: RegExp; method: string }[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    const path = new RegExp(`^${url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+')}$`);
    for (const name of [method].flat()) table.push({ path, method: name });
  });
  return (url) => {
    const path = pathOf(url);
    return [...new Set(table.filter((entry) => entry.path.test(path)).map((entry) => entry.method))].sort();
  };
}
