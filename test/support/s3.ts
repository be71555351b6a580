/**
 * An S3 store for tests: s3rver on a loopback port, with the conditional writes that S3 has and s3rver lacks. Its
 * credentials are set for this process and its children.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';

const bucket = 'trainyard';

export class TestS3 {
  readonly #server: S3rver;
  readonly #folder: string;
  readonly #port: number;
  /** Answers 503 meanwhile. */
  isDown = false;

  private constructor(server: S3rver, folder: string, port: number) {
    this.#server = server;
    this.#folder = folder;
    this.#port = port;
  }

  /** `folder` and `port` are those of one that was killed. */
  static async start({ folder, port: wanted = 0 }: { folder?: string; port?: number } = {}): Promise<TestS3> {
    process.env['AWS_ACCESS_KEY_ID'] = 'S3RVER';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'S3RVER';
    folder ??= await mkdtemp(join(tmpdir(), 'trainyard-s3-'));
    await removeTorn(folder);
    const options = { address: '127.0.0.1', port: wanted, directory: folder, silent: true };
    const server = new S3rver({ ...options, configureBuckets: [{ name: bucket }] });
    server.middleware.unshift(refuseTakenKeys((path) => objectFile(folder, path)));
    const { port } = await server.run();
    const store = new TestS3(server, folder, port);
    server.middleware.unshift(async (context, next) => {
      if (store.isDown) context.status = 503;
      else await next();
    });
    return store;
  }

  /** The configuration of a store below `prefix`. */
  settings(prefix: string): Record<string, string> {
    return {
      ARTIFACTS_URL: `s3://${bucket}/${prefix}`,
      S3_ENDPOINT: `http://127.0.0.1:${this.#port}`,
      S3_FORCE_PATH_STYLE: 'true',
    };
  }

  /** The file that holds an object's bytes, to damage it. */
  fileOf(prefix: string, key: string): string {
    return objectFile(this.#folder, `/${bucket}/${prefix}/${key}`);
  }

  async stop(): Promise<void> {
    this.#server.httpServer.closeAllConnections();
    await this.#server.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

const objectFile = (folder: string, path: string): string => join(folder, `${decodeURIComponent(path)}._S3rver_object`);

/** S3 has an object whole or not at all; s3rver writes it in place, and its MD5 afterwards. */
async function removeTorn(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true });
  for (const path of names.filter((name) => name.endsWith('_object')).map((name) => join(folder, name))) {
    const md5 = createHash('md5')
      .update(await readFile(path))
      .digest('hex');
    const recorded = existsSync(`${path}.md5`) ? await readFile(`${path}.md5`, 'utf8') : null;
    if (recorded !== md5) await rm(path);
  }
}

/** If-None-Match: * on what makes an object: 412 where there is one. Writes to one key take turns, as if atomic. */
function refuseTakenKeys(fileOf: (path: string) => string): S3rver['middleware'][number] {
  const turns = new Map<string, Promise<void>>();
  return async (context, next) => {
    const { method, path, query } = context;
    const isPart = query['partNumber'] !== undefined || query['uploads'] !== undefined;
    if (isPart || context.get('if-none-match') !== '*' || !['PUT', 'POST'].includes(method)) return next();
    const turn = (turns.get(path) ?? Promise.resolve()).then(async () => {
      if (existsSync(fileOf(path))) context.status = 412;
      else await next();
    });
    turns.set(
      path,
      turn.catch(() => undefined),
    );
    return turn;
  };
}
