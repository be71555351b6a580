/**
 * Runs the built tests: `node scripts/test.mjs [folder…]`, folders below test/. Without a folder: all but test/system, which
 * needs root. Node 20 knows no globs for --test, and later versions no folders, so the files are listed here.
 */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const tests = fileURLToPath(new URL('../dist/test/', import.meta.url));
const sources = fileURLToPath(new URL('../test/', import.meta.url));
const wanted = process.argv.slice(2);

// Listed from the sources: dist/ may still hold a test that was deleted since.
const files = readdirSync(sources, { recursive: true })
  .filter((path) => path.endsWith('.test.ts'))
  .filter((path) => (wanted.length ? wanted.some((folder) => path.startsWith(folder)) : !path.startsWith('system')))
  .map((path) => join(tests, path.replace(/\.ts$/, '.js')))
  .sort();
if (!files.length) throw new Error(`no test below test/ matches ${wanted.join(', ')}`);

const node = spawn(process.execPath, ['--enable-source-maps', '--test', '--test-concurrency=2', ...files], {
  stdio: 'inherit',
});
node.on('exit', (code, signal) => {
  process.exitCode = signal ? 1 : code;
});
