/** Named places at which a process of the service is killed: between two steps of which a careless order would lose or double something. */
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Edit } from './edited-build.js';

/** Where: before or after a text of the built file. */
type Place = { file: string } & ({ before: string } | { after: string });

export const failpoints = {
  'api before commit': { file: 'src/store/jobs.js', after: 'await insertJob(trx, job);' },
  'api after commit': { file: 'src/services/jobs.js', before: 'if (accepted.created) sendHint(' },
  'queue after add': { file: 'src/queue/index.js', after: 'removeOnFail: true\n        }\n      );' },
  'api before reply': { file: 'src/routes/jobs.js', before: 'void reply.code(202).header("location"' },
  'consumer after hint': { file: 'src/run/consumer.js', after: 'const job = await demandOf(this.#options.db, hint);' },
  'consumer after claim': { file: 'src/run/consumer.js', before: 'const run = new Run(job, this.#options);' },
  'consumer after metrics': {
    file: 'src/run/run.js',
    before: 'const id = await this.#checkpoints.store(message);',
  },
  'consumer after file': { file: 'src/run/checkpoint-store.js', before: 'const id = newId("checkpoint");' },
  'consumer after row': { file: 'src/run/checkpoint-store.js', before: 'this.#latest = { id, artifactKey };' },
  'consumer after pruned row': { file: 'src/run/checkpoint-store.js', after: 'for (const key of keys) {' },
  'consumer after final row': { file: 'src/run/run.js', before: 'const checkpointId = this.#finalCheckpointId;' },
  'consumer before success': {
    file: 'src/store/runs.js',
    after: 'await insertModel(trx, { ...run.model, jobId: job.id, tenantId: job.tenantId });',
  },
  'consumer after success': { file: 'src/run/consumer.js', after: 'await run.execute();' },
  'reconciler after release': {
    file: 'src/queue/reconciler.js',
    after: 'await releaseExpired(db, leaseSeconds);',
  },
} as const satisfies Record<string, Place>;
export type Failpoint = keyof typeof failpoints;
export const failpointNames = Object.keys(failpoints) as Failpoint[];

/** Those that only a sweep comes to. */
export const sweepFailpoints = {
  'sweep after trial': {
    file: 'src/services/begin-trial.js',
    after: 'await insertJob(trx, { ...job, sweep: { id: sweepId, trial, stopAt } });',
  },
  'sweep after promotion': {
    file: 'src/services/begin-trial.js',
    after: 'await markPromoted(trx, { sweepId: sweep.id, trial: number, rung, reason });',
  },
  'sweep after reports': {
    file: 'src/services/advance-sweep.js',
    before: 'switch (sweep.state) {',
  },
  'consumer at rung': {
    file: 'src/run/run.js',
    before: 'return pause(db, { ...this.#key, reason: atRung });',
  },
} as const satisfies Record<string, Place>;
export type SweepFailpoint = keyof typeof sweepFailpoints;

const patienceMs = 60_000;

/**
 * Puts every failpoint into the build: where the file of its name is in `folder`, the first process to come renames it
 * and dies.
 */
export function failpointEdits(folder: string, places: Readonly<Record<string, Place>> = failpoints): Edit[] {
  return Object.entries(places).map(([name, place]) => {
    const [flag, reached] = [flagOf(folder, name), reachedOf(folder, name)].map((path) => JSON.stringify(path));
    const rename = `process.getBuiltinModule("node:fs").renameSync(${flag}, ${reached})`;
    const code = ` try { ${rename}; process.kill(process.pid, "SIGKILL"); } catch {} `;
    return 'before' in place
      ? { file: place.file, find: place.before, put: code + place.before }
      : { file: place.file, find: place.after, put: place.after + code };
  });
}

/** The next process that comes there dies. */
export async function arm(name: Failpoint | SweepFailpoint, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(flagOf(folder, name), '');
}

/** Resolves when one has died there. */
export async function reached(name: Failpoint | SweepFailpoint, folder: string): Promise<void> {
  for (const deadline = performance.now() + patienceMs; !existsSync(reachedOf(folder, name)); await sleep(10)) {
    if (performance.now() > deadline) throw new Error(`nobody came to "${name}" within ${patienceMs / 1000} s`);
  }
  await rm(reachedOf(folder, name));
}

const flagOf = (folder: string, name: string): string => join(folder, name.replaceAll(' ', '-'));
const reachedOf = (folder: string, name: string): string => `${flagOf(folder, name)}.reached`;
