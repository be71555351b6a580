/**
 * Builds what runs into dist/: TypeScript by esbuild, file by file (types are checked apart, by `npm run typecheck`), the
 * dashboard as one script and one style sheet, and the AssemblyScript kernels into WebAssembly modules, again only when one
 * of their sources is newer. The client, which is a package of its own, goes into clients/typescript/dist, with declarations
 * that are made on the same condition.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const client = 'clients/typescript';
const assemblyFolder = join(root, 'src/engine/kernels/wasm/assembly');
const wasmFolder = join(root, 'dist/src/engine/kernels/wasm');
/** The modules, and what each may use beyond the first. */
const wasmModules = { 'kernels.wasm': '', 'kernels-fma.wasm': ',relaxed-simd' };

/** Files below `folder` whose path passes `keep`, relative to the project. */
function filesBelow(folder, keep) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(keep);
}

const isTypeScript = (path) => path.endsWith('.ts') && !path.endsWith('.d.ts');

/** Whether `made` is there and newer than each of `sources`, and than this file. */
const isFresh = (made, sources) =>
  existsSync(made) &&
  [...sources, fileURLToPath(import.meta.url)].every((path) => statSync(path).mtimeMs < statSync(made).mtimeMs);

async function buildTypeScript() {
  // Of the dashboard what needs no browser: its tests run here.
  const folders = ['src', 'workers', 'test', 'bench', 'examples', 'clients/typescript/src', 'dashboard/lib'].filter(
    (folder) => existsSync(join(root, folder)),
  );
  await build({
    absWorkingDir: root,
    entryPoints: folders.flatMap((folder) =>
      filesBelow(folder, (path) => isTypeScript(path) && !path.startsWith(assemblyFolder)),
    ),
    outbase: root,
    outdir: join(root, 'dist'),
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'linked',
    logLevel: 'warning',
  });
}

/**
 * TypeBox is hundreds of small files that take 0.2 s to load, in every process and in the thread of every run; as two
 * bundles they take 0.01 s. package.json's `imports` maps `#typebox` to them, and for the compiler to the package.
 */
async function bundleTypeBox() {
  await build({
    absWorkingDir: root,
    entryPoints: { index: 'typebox', value: 'typebox/value' },
    outdir: join(root, 'dist/typebox'),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  });
}

/** For browsers, under names that change with their contents, so that these may be cached for ever; and the page that names them. */
async function bundleDashboard() {
  const outdir = join(root, 'dist/dashboard/public');
  rmSync(outdir, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { app: 'dashboard/main.tsx' },
    entryNames: '[name]-[hash]',
    outdir,
    bundle: true,
    minify: true,
    metafile: true,
    format: 'esm',
    target: ['chrome111', 'firefox114', 'safari16.4'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'warning',
  });
  const names = Object.keys(metafile.outputs).map((path) => basename(path));
  const page = readFileSync(join(root, 'dashboard/index.html'), 'utf8').replace(
    /app\.(js|css)/g,
    (_, extension) => names.find((name) => name.endsWith(`.${extension}`)) ?? '',
  );
  writeFileSync(join(outdir, 'index.html'), page);
}

/** What runs without Node: predicting, as one file (src/export/bundle/). */
async function bundlePredict() {
  await build({
    absWorkingDir: root,
    entryPoints: ['src/export/bundle/predict.ts'],
    outfile: 'dist/bundle/predict.mjs',
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    alias: { '#typebox': 'typebox' },
    plugins: [
      {
        name: 'without-node',
        // What of Node is imported beside is never called here: with nothing of it used, its import goes.
        setup: ({ onResolve }) =>
          onResolve({ filter: /^node:/ }, ({ path }) => ({ path, external: true, sideEffects: false })),
      },
    ],
    logLevel: 'warning',
  });
}

async function buildClient() {
  if (!existsSync(join(root, client))) return; // the image is built without
  const isMade = isFresh(join(root, client, 'dist/index.d.ts'), filesBelow(`${client}/src`, isTypeScript));
  if (!isMade) rmSync(join(root, client, 'dist'), { recursive: true, force: true }); // the package is all that is there
  await build({
    absWorkingDir: join(root, client),
    entryPoints: ['src/index.ts', 'src/cli/index.ts'],
    outbase: 'src',
    outdir: 'dist',
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'neutral',
    format: 'esm',
    target: 'node20',
    external: ['node:*'],
    logLevel: 'warning',
  });
  if (isMade) return;
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '--project', join(root, client)], {
    stdio: 'inherit',
  });
}

async function buildKernels(file, features) {
  const wasmFile = join(wasmFolder, file);
  const sources = filesBelow('src/engine/kernels/wasm/assembly', (path) => path.endsWith('.ts'));
  if (isFresh(wasmFile, sources)) return;
  mkdirSync(join(wasmFile, '..'), { recursive: true });
  const { default: asc } = await import('assemblyscript/asc');
  const { error, stderr } = await asc.main([
    join(assemblyFolder, 'index.ts'),
    ...['--outFile', wasmFile, '--optimizeLevel', '3', '--shrinkLevel', '0', '--noAssert', '--runtime', 'stub'],
    ...[
      '--enable',
      `simd,threads,bulk-memory,nontrapping-f2i${features}`,
      '--importMemory',
      '--noExportMemory',
      '--sharedMemory',
    ],
    // Constants start at 64, behind the null pointer; src/engine/memory.ts keeps the space free.
    ...['--initialMemory', '1', '--maximumMemory', '65536', '--memoryBase', '64'],
    // "v128 is not exchangeable with JavaScript": no such function leaves the module.
    ...['--disableWarning', '112'],
  ]);
  if (error) throw new Error(`assemblyscript: ${error.message}\n${stderr.toString()}`);
}

await Promise.all([
  buildTypeScript(),
  bundleTypeBox(),
  bundleDashboard(),
  bundlePredict(),
  buildClient(),
  ...Object.entries(wasmModules).map(([file, features]) => buildKernels(file, features)),
]);
