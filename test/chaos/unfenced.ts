/**
 * The control: the built service with its fence cut out, in a folder of its own. The product has no switch for that; its
 * text is changed here, and where it is not as expected, this fails.
 */
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../src/paths.js';

/** Built file → what to leave out of it. */
const cuts: Record<string, string[]> = {
  'dist/src/store/fence.js': ['.where("epoch", "=", run.epoch)', '.where("state", "in", heldStates)'],
  'dist/src/store/runs.js': ['.where("epoch", "=", epoch).where("state", "in", heldStates)'],
};

/** Resolves with the program to start. */
export async function buildUnfenced(folder: string): Promise<string> {
  await mkdir(folder);
  for (const part of ['src', 'workers', 'typebox']) {
    await cp(join(projectRoot, 'dist', part), join(folder, 'dist', part), { recursive: true });
  }
  await cp(join(projectRoot, 'package.json'), join(folder, 'package.json'));
  await symlink(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
  for (const [file, texts] of Object.entries(cuts)) {
    const path = join(folder, file);
    let code = await readFile(path, 'utf8');
    for (const text of texts) {
      if (!code.includes(text)) throw new Error(`${file}: expected ${text}`);
      code = code.replace(text, '');
    }
    await writeFile(path, code);
  }
  return join(folder, 'dist/src/main.js');
}
