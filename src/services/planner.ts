/** Plans a posted spec as things are: its dataset, its source, the consumers there are, and what this installation may take. */
import type { Artifacts } from '../artifacts/index.js';
import type { Config } from '../config.js';
import { chooseKernels } from '../engine/index.js';
import type { Initialized } from '../schemas/initialize.js';
import type { JobSpec } from '../schemas/job-spec.js';
import { liveConsumers } from '../store/consumers.js';
import type { Db } from '../store/database.js';
import { getDataset } from '../store/datasets.js';
import { findSource, type Source } from './sources.js';
import { planSpec, unknownDataset } from './spec.js';

export type Planner = ReturnType<typeof createPlanner>;
export interface Planned extends ReturnType<typeof planSpec> {
  source: Source | null;
}

interface Asked {
  tenantId: string;
  body: JobSpec;
  /** Of the job that this one goes on with, or is. */
  initialized?: Initialized | null;
}

/** The function throws Problem `invalid_spec` or `exceeds_memory`; it reads in the transaction that it is given, if any. */
export function createPlanner({ db, artifacts, config }: { db: Db; artifacts: Artifacts; config: Config }) {
  const { scratchBytes } = chooseKernels(config.kernels).factory;
  const machine = { threads: config.threadsPerJob, scratchBytes };

  return async ({ tenantId, body, initialized = null }: Asked, within: Db = db): Promise<Planned> => {
    const from = initialized === null ? body.initialize?.from : undefined;
    const [dataset, consumers] = await Promise.all([
      getDataset(within, { tenantId, id: body.dataset.id }),
      liveConsumers(within, config.leaseSeconds),
    ]);
    if (!dataset) throw unknownDataset(body.dataset.id);
    const source = from === undefined ? null : await findSource({ db: within, artifacts }, { tenantId, from });
    const largest = consumers[0]; // they come largest first
    const planned = planSpec(body, {
      ...{ dataset, source, initialized, machine },
      freeBytes: largest?.freeBytes ?? config.maxJobBytes,
      gflops: largest?.gflops ?? null,
      dataMemoryBytes: config.dataMemoryBytes,
    });
    return { ...planned, source };
  };
}
