/** What happened to a job, in order. */
import type { Event } from '../schemas/run.js';
import { type EventRow, listEvents } from '../store/events.js';
import type { PageRequest } from '../store/page.js';
import { foundJob } from './found.js';
import type { Parts } from './index.js';

export function eventService({ db }: Parts) {
  return {
    async list(request: PageRequest & { tenantId: string; jobId: string }) {
      await foundJob(db, request.tenantId, request.jobId);
      const { items, nextCursor } = await listEvents(db, request);
      return { items: items.map(toEvent), nextCursor };
    },
  };
}

const toEvent = ({ seq, jobId, type, data, at }: EventRow): Event => ({
  ...{ seq, jobId, type, data },
  at: at.toISOString(),
});
