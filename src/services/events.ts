/** What happened to a job, in order. */
import type { Event } from '../schemas/run.js';
import { type EventRow, listAllEvents, listEvents, type Place, presentPlace } from '../store/events.js';
import { getJob, type JobRow } from '../store/jobs.js';
import type { PageRequest } from '../store/page.js';
import { isTerminal } from '../store/transition.js';
import { follow, type StreamedEvent } from './follow.js';
import { foundJob } from './found.js';
import type { Parts } from './index.js';

const eventsAtOnce = 100;
/** Milliseconds after which a stream looks by itself whether there is something new, and says that it lives. */
const jobBeat = 5000;
/** Shorter, since events wait for transactions that began before theirs, and nobody tells when those end. */
const allBeat = 1000;

export function eventService({ db, eventListener }: Parts) {
  return {
    async list(request: PageRequest & { tenantId: string; jobId: string }) {
      await foundJob(db, request.tenantId, request.jobId);
      const { items, nextCursor } = await listEvents(db, request);
      return { items: items.map(toEvent), nextCursor };
    },

    /**
     * The events of a job behind `after`, then those that follow, to its end. Null is a beat: nothing new, and alive.
     * Undefined where the job has ended and nothing is left to tell.
     */
    async ofJob({ tenantId, jobId, after, signal }: StreamRequest & { jobId: string; after: number }) {
      const job = await foundJob(db, tenantId, jobId);
      if (isTerminal(job.state) && job.eventSeq <= after) return undefined;
      let seq = after;
      const read = async () => {
        // Before its events: those of its end are committed with it.
        const now = await getJob(db, { tenantId, id: jobId });
        const { items, nextCursor } = await listEvents(db, {
          tenantId,
          jobId,
          cursor: String(seq),
          limit: eventsAtOnce,
        });
        seq = items.at(-1)?.seq ?? seq;
        const more = nextCursor !== null;
        return { items: items.map((row) => streamed(String(row.seq), row)), more, ended: !more && hasEnded(now) };
      };
      return follow({ listener: eventListener, jobId, signal, beat: jobBeat, read });
    },

    /** The events of all jobs behind the place `after`, or from now on, without an end. */
    async ofAll({ tenantId, after, signal }: StreamRequest & { after: string | undefined }) {
      let place = after === undefined ? await presentPlace(db) : placeOf(after);
      const read = async () => {
        const rows = await listAllEvents(db, { tenantId, place, limit: eventsAtOnce });
        const items = rows.map((row) => streamed(`${row.transaction}-${row.id}`, row));
        place = rows.at(-1) ?? place;
        return { items, more: rows.length === eventsAtOnce, ended: false };
      };
      return follow({ listener: eventListener, jobId: null, signal, beat: allBeat, read });
    },
  };
}

interface StreamRequest {
  tenantId: string;
  signal: AbortSignal;
}

const hasEnded = (job: JobRow | undefined): boolean => !job || isTerminal(job.state);

const streamed = (id: string, row: EventRow): StreamedEvent => ({ id, event: toEvent(row) });

function placeOf(text: string): Place {
  const [transaction = '', id] = text.split('-');
  return { transaction, id: Number(id) };
}

export const toEvent = ({ seq, jobId, type, data, at }: EventRow): Event => ({
  ...{ seq, jobId, type, data },
  at: at.toISOString(),
});
