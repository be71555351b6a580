/** The files of the dashboard, as scripts/build.mjs made them: read once, compressed once, served from memory. */
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import fp from 'fastify-plugin';
import { Problem } from '../errors.js';
import { projectRoot } from '../paths.js';

declare module 'fastify' {
  interface FastifyInstance {
    /** The page, for whoever opens the bare address in a browser. */
    dashboardPage: string;
  }
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

export default fp(async (app) => {
  const folder = join(projectRoot, 'dist/dashboard/public');
  const read = async (name: string) => [name, await promisify(gzip)(await readFile(join(folder, name)))] as const;
  const names = (await readdir(folder)).filter((name) => extname(name) in types);
  const assets = new Map(await Promise.all(names.map(read)));
  app.decorate('dashboardPage', await readFile(join(folder, 'index.html'), 'utf8'));

  app.get<{ Params: { name: string } }>('/assets/:name', { schema: { hide: true } }, async ({ params }, reply) => {
    const asset = assets.get(params.name);
    if (!asset) throw new Problem('not_found', `The dashboard has no file ${params.name}; its page names those it has`);
    void reply.headers({
      'content-type': types[extname(params.name)],
      'content-encoding': 'gzip', // there is no browser that runs the script and cannot read it
      'cache-control': 'public, max-age=31536000, immutable',
    });
    return asset;
  });
});
