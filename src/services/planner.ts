/** Plans a posted spec as things are: its dataset, the consumers there are, and what this installation may take. */
import type { Config } from '../config.js';
import { chooseKernels } from '../engine/index.js';
import type { JobSpec } from '../schemas/job-spec.js';
import { liveConsumers } from '../store/consumers.js';
import type { Db } from '../store/database.js';
import { getDataset } from '../store/datasets.js';
import { planSpec, unknownDataset } from './spec.js';

export type Planner = ReturnType<typeof createPlanner>;
export type Planned = ReturnType<typeof planSpec>;

/** The function throws Problem `invalid_spec` or `exceeds_memory`; it reads in the transaction that it is given, if any. */
export function createPlanner({ db, config }: { db: Db; config: Config }) {
  const { scratchBytes } = chooseKernels(config.kernels).factory;
  const machine = { threads: config.threadsPerJob, scratchBytes };

  return async ({ tenantId, body }: { tenantId: string; body: JobSpec }, within: Db = db) => {
    const [dataset, consumers] = await Promise.all([
      getDataset(within, { tenantId, id: body.dataset.id }),
      liveConsumers(within, config.leaseSeconds),
    ]);
    if (!dataset) throw unknownDataset(body.dataset.id);
    const largest = consumers[0]; // they come largest first
    return planSpec(body, {
      dataset,
      freeBytes: largest?.freeBytes ?? config.maxJobBytes,
      gflops: largest?.gflops ?? null,
      machine,
      dataMemoryBytes: config.dataMemoryBytes,
    });
  };
}
