/**
 * One supervisor a data directory. The lock is the kernel's `flock`, so it ends with the process that holds it however
 * that dies, it cannot be left behind, and it holds across containers that share the directory. Node has no flock of its
 * own; the `flock` command (util-linux, busybox) takes it on a descriptor it inherits, and since the lock belongs to the
 * open file and not to a process, it stays with us when the command has ended.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export class DirectoryInUseError extends Error {
  readonly code = 'data_directory_in_use';
  override name = 'DirectoryInUseError';
}

/**
 * Takes the lock of `dataDir`, which is made if missing, and gives the function that releases it.
 * Throws a DirectoryInUseError that names the holder's process if another one has it.
 */
export async function lockDirectory(dataDir: string): Promise<() => void> {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, 'supervisor.lock');
  const descriptor = openSync(path, 'a+', 0o644);
  try {
    if (!(await flock(descriptor))) {
      const holder = readFileSync(path, 'utf8').trim();
      throw new DirectoryInUseError(
        `${dataDir} is in use by process ${holder}: stop that one, or set another DATA_DIR`,
      );
    }
    ftruncateSync(descriptor);
    writeSync(descriptor, `${process.pid}\n`); // for the message above; the lock itself does not rest on it
    return () => closeSync(descriptor);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** True if the lock is ours now, false if another process has it. Never waits. */
async function flock(descriptor: number): Promise<boolean> {
  const inherited = 3;
  const command = spawn('flock', ['-n', `${inherited}`], { stdio: ['ignore', 'ignore', 'ignore', descriptor] });
  try {
    const [code] = await once(command, 'exit');
    if (code === 0 || code === 1) return code === 0;
    throw new Error(`it ended with ${code}`);
  } catch (cause) {
    throw new Error('the lock of DATA_DIR needs the command flock (util-linux) and a file system that locks', {
      cause,
    });
  }
}
