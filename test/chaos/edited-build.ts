/**
 * A copy of the built service whose text is changed here and there: the product has no switch for what only a test may
 * do. Where the text to change is not there exactly once, making the copy fails.
 */
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../src/paths.js';

export interface Edit {
  /** Below dist/. */
  file: string;
  find: string;
  put: string;
}

/** Makes the copy in `folder`; resolves with its dist/. */
export async function buildEdited(folder: string, edits: readonly Edit[]): Promise<string> {
  await mkdir(folder);
  for (const part of ['src', 'workers', 'typebox', 'dashboard', 'bundle']) {
    await cp(join(projectRoot, 'dist', part), join(folder, 'dist', part), { recursive: true });
  }
  await cp(join(projectRoot, 'package.json'), join(folder, 'package.json'));
  await symlink(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
  for (const { file, find, put } of edits) {
    const path = join(folder, 'dist', file);
    const pieces = (await readFile(path, 'utf8')).split(find);
    if (pieces.length !== 2) throw new Error(`${file}: expected once, got ${pieces.length - 1} times: ${find}`);
    await writeFile(path, pieces.join(put));
  }
  return join(folder, 'dist');
}
