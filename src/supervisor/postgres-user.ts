/**
 * Who runs the embedded PostgreSQL, which refuses to be root. Started by an ordinary user, it is that user. Started by
 * root, it is whoever owns the cluster already, else `postgres` where there is one, else `nobody`: no user is created.
 */
import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { ifMissing } from './if-missing.js';

const run = promisify(execFile);

/** Options for spawn: empty to stay who we are. */
export type PostgresUser = { uid: number; gid: number } | Record<string, never>;

/** The user for the cluster in `directory`, which need not exist yet. */
export async function postgresUser(directory: string): Promise<PostgresUser> {
  const owner = await stat(directory).catch(ifMissing(undefined));
  if (process.getuid?.() !== 0) {
    if (owner && owner.uid !== process.getuid?.()) {
      throw new Error(
        `${directory} belongs to user ${owner.uid}, this is user ${process.getuid?.()}: start as that user`,
      );
    }
    return {};
  }
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const user = (await lookUp('postgres')) ?? (await lookUp('nobody'));
  if (!user) throw new Error('PostgreSQL cannot run as root, and there is neither a user postgres nor a user nobody');
  return user;
}

/** Gives `path` and what is in it to `user`, if it is still root's: new, or restored from a backup by root. */
export async function handOver(path: string, user: PostgresUser): Promise<void> {
  if (user.uid === undefined || (await stat(path)).uid !== 0) return;
  await run('chown', ['-R', `${user.uid}:${user.gid}`, path]);
}

async function lookUp(name: string): Promise<PostgresUser | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch (error) {
    if ((error as { code?: unknown }).code === 1) return undefined; // id's exit code for an unknown user
    throw error;
  }
}
