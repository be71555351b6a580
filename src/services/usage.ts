/** What a tenant has taken, beside what it may take. */
import type { Usage } from '../schemas/usage.js';
import { type Limit, quotaOf, takenOf, usageOf } from '../store/quotas.js';
import type { Parts } from './index.js';
import type { Recording } from './recording.js';

export function usageService({ db }: Pick<Parts, 'db'>, recording: Recording) {
  return {
    async get(tenantId: string): Promise<Usage> {
      await recording.flush();
      const [usage, limits] = await Promise.all([usageOf(db, tenantId), quotaOf(db, tenantId)]);
      const taken = takenOf(usage);
      const limited = (name: Limit) => ({ limit: limits?.[name] ?? null, used: taken[name] });
      const quotas = { activeJobs: limited('activeJobs'), bytes: limited('bytes'), steps: limited('steps') };
      return { ...usage, quotas };
    },
  };
}
