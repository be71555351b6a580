/**
 * An S3 store for tests: s3rver on a loopback port, with the conditional writes that S3 has and s3rver lacks. Its
 * credentials are set for this process and its children.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
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

  static async start(): Promise<TestS3> {
    process.env['AWS_ACCESS_KEY_ID'] = 'S3RVER';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'S3RVER';
    const folder = await mkdtemp(join(tmpdir(), 'trainyard-s3-'));
    const options = { address: '127.0.0.1', port: 0, directory: folder, silent: true };
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
