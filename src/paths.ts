/** Where the project's own folder is, the same from source and from dist/. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('package.json not found above src/paths');
  return findRoot(parent);
}

/** Absolute path of the folder that holds package.json. */
export const projectRoot = findRoot(dirname(fileURLToPath(import.meta.url)));
