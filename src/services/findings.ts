/** What was found to be wrong with a job, the gravest first. */
import { type Finding, type Findings, severities } from '../schemas/finding.js';
import { findingsOfJob } from '../store/findings.js';
import { foundJob } from './found.js';
import type { Parts } from './index.js';

export function findingService({ db }: Parts) {
  return {
    async list({ tenantId, id }: { tenantId: string; id: string }): Promise<Findings> {
      await foundJob(db, tenantId, id);
      const rows = await findingsOfJob(db, { tenantId, jobId: id });
      const items = rows.map(({ code, step, body }): Finding => ({ code, ...body, step }));
      return { items: items.sort((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity)) };
    },
  };
}
