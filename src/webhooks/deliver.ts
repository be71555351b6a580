/**
 * Sends events to webhooks, out of rows alone: what has happened since a webhook's place becomes deliveries, in the transaction that
 * moves the place; deliveries that are due are claimed and tried. Any number of processes may do so at once. A message is sent
 * again only where a process died between sending and noting it; receivers know it by its id.
 */
import type { Logger } from 'pino';
import { repeat } from '../repeat.js';
import type { DeliveryTry } from '../schemas/webhook.js';
import { toEvent } from '../services/events.js';
import { type Db, inTransaction } from '../store/database.js';
import {
  claimDue,
  type DueDelivery,
  dropOldDeliveries,
  insertDeliveries,
  noteTry,
  type Outcome,
} from '../store/deliveries.js';
import { listAllEvents } from '../store/events.js';
import { newId } from '../store/ids.js';
import { disableWebhook, enabledWebhooks, lockWebhook, moveWebhook } from '../store/webhooks.js';
import { payloadOf } from './payload.js';
import { secondsToNextTry } from './schedule.js';
import { send } from './send.js';

export interface DeliveryOptions {
  db: Db;
  config: { allowPrivateWebhooks: boolean };
  log: Pick<Logger, 'warn'>;
  intervalMs?: number;
  /** Seconds to wait after so many tries; null: no more. */
  wait?: (tries: number) => number | null;
}

const eventsAtOnce = 100;
const triesAtOnce = 32;

/** Until closed, which breaks off what is being sent: it is tried again. */
export function startDelivering(options: DeliveryOptions): { close(): Promise<void> } {
  const { db, log, intervalMs = 1000 } = options;
  const stop = new AbortController();
  const underWay = new Set<Promise<void>>();
  const { close } = repeat(
    async () => {
      for (const id of await enabledWebhooks(db)) {
        while ((await addDeliveries(db, id)) === eventsAtOnce) if (stop.signal.aborted) return;
      }
      for (const due of await claimDue(db, triesAtOnce - underWay.size)) {
        const trying = tryOnce(due, options, stop.signal)
          .catch((err: unknown) => log.warn({ err, deliveryId: due.id }, 'could not note a delivery'))
          .finally(() => underWay.delete(trying));
        underWay.add(trying);
      }
      await dropOldDeliveries(db);
    },
    { intervalMs, onError: (err) => log.warn({ err }, 'could not deliver') },
  );
  return {
    async close() {
      stop.abort();
      await close();
      await Promise.all(underWay);
    },
  };
}

/** Makes deliveries of the next events behind a webhook's place. How many events it has looked at. */
function addDeliveries(db: Db, webhookId: string): Promise<number> {
  return inTransaction(db, async (trx) => {
    const webhook = await lockWebhook(trx, webhookId);
    if (!webhook) return 0;
    const { tenantId, transaction, eventId } = webhook;
    const rows = await listAllEvents(trx, { tenantId, place: { transaction, id: eventId }, limit: eventsAtOnce });
    const last = rows.at(-1);
    if (!last) return 0;
    const wanted = rows.filter(({ type }) => webhook.events.includes(type)).map(toEvent);
    const messages = wanted.map((event) => {
      const payload = payloadOf({ type: event.type, at: event.at, data: event });
      return { id: newId('delivery'), tenantId, webhookId, type: event.type, payload };
    });
    await insertDeliveries(trx, messages);
    await moveWebhook(trx, webhookId, last);
    return rows.length;
  });
}

async function tryOnce(due: DueDelivery, options: DeliveryOptions, signal: AbortSignal): Promise<void> {
  const { db, config } = options;
  const { id, url, payload: body, secrets } = due;
  const at = new Date();
  const answer = await send({ id, url, body, secrets }, { allowPrivate: config.allowPrivateWebhooks, signal }).then(
    (status) => ({ status, error: null }),
    (error: Error) => ({ status: null, error: error.message.slice(0, 500) }),
  );
  if (signal.aborted && answer.status === null) return; // its claim runs out
  const milliseconds = Date.now() - at.getTime();
  const last: DeliveryTry = { at: at.toISOString(), ...answer, milliseconds };
  await noteTry(db, due, { last, outcome: outcomeOf(answer.status, due.tries, options) });
  if (answer.status === gone) await disableWebhook(db, { id: due.webhookId, url, because: 'it answered 410 Gone' });
}

const gone = 410;

function outcomeOf(status: number | null, tries: number, { wait = secondsToNextTry }: DeliveryOptions): Outcome {
  if (status !== null && status >= 200 && status < 300) return { state: 'delivered' };
  const inSeconds = status === gone ? null : wait(tries);
  return inSeconds === null ? { state: 'failed' } : { state: 'pending', inSeconds };
}
