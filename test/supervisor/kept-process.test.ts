/** A kept process comes back whenever it ends, and stays away once it is stopped. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { pino } from 'pino';
import { KeptProcess, startProgram } from '../../src/supervisor/kept-process.js';

const log = pino({ level: 'silent' });

/** Keeps `node -e program`; 'start' is emitted with every child. */
function keep(program: string): { kept: KeptProcess; children: ChildProcess[]; started: EventEmitter } {
  const children: ChildProcess[] = [];
  const started = new EventEmitter();
  const start = () => {
    const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    started.emit('start', child);
    return child;
  };
  return { kept: new KeptProcess('child', start, log), children, started };
}

test('it is started again after an exit with 0, an exit with 1 and a SIGKILL', async () => {
  for (const end of ['process.exit(0)', 'process.exit(1)', 'process.kill(process.pid, "SIGKILL")']) {
    const { kept, children, started } = keep(end);
    await once(started, 'start');
    assert.equal(children.length, 2);
    await kept.stop(1000);
  }
});

test('stopped between two starts, it is not started again', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { kept, children } = keep('process.exit(1)');
  await once(children[0]!, 'close');
  await kept.stop(1000);
  t.mock.timers.tick(60_000);
  assert.equal(children.length, 1);
});

test('a process that ignores SIGTERM is killed after its grace', async () => {
  const { kept, children } = keep('process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); console.log("up")');
  await once(children[0]!.stdout!, 'data');
  await kept.stop(50);
  assert.equal(children[0]!.signalCode, 'SIGKILL');
});

test('a program that cannot be started at all is tried again, and can be stopped', async () => {
  const attempts = new EventEmitter();
  const start = () => {
    attempts.emit('attempt');
    return spawn('/nonexistent/program');
  };
  const kept = new KeptProcess('child', start, log);
  await once(attempts, 'attempt');
  await kept.stop(1000);
});

test('a program whose supervisor is killed with -9 before it listens for that ends too', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'trainyard-kept-'));
  t.after(() => rm(folder, { recursive: true }));
  const [program, parent] = [join(folder, 'program.mjs'), join(folder, 'parent.mjs')];
  await writeFile(program, 'console.log("up"); setInterval(() => {}, 1000);');
  const module = new URL('../../src/supervisor/kept-process.js', import.meta.url).href;
  await writeFile(
    parent,
    `import { startProgram } from ${JSON.stringify(module)};
    startProgram(new URL('./program.mjs', import.meta.url), {});`,
  );
  const supervisor = spawn(process.execPath, [parent], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(supervisor.stdout, 'data');
  supervisor.kill('SIGKILL');
  await once(supervisor, 'close'); // the program holds the other end of this pipe
});

test('a program whose supervisor went before it could listen for that ends, though it has a listener of its own', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'trainyard-kept-'));
  t.after(() => rm(folder, { recursive: true }));
  const program = join(folder, 'program.mjs');
  await writeFile(program, 'process.on("disconnect", () => process.exit(2)); setInterval(() => {}, 1000);');
  const child = startProgram(pathToFileURL(program), process.env);
  child.disconnect();
  t.after(() => child.kill('SIGKILL'));
  const [code] = await once(child, 'exit', { signal: AbortSignal.timeout(30_000) });
  assert.equal(code, 1);
});
