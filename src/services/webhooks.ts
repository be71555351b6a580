/** Webhooks: made, found, changed, deleted, and what was sent to them. The sending itself is webhooks/deliver.ts. */
import { fieldProblem, Problem } from '../errors.js';
import type { Delivery, NewWebhook, RotateRequest, Webhook, WebhookPatch, WebhookRequest } from '../schemas/webhook.js';
import { type DeliveryRow, insertDeliveries, listDeliveries, redeliver } from '../store/deliveries.js';
import { newId } from '../store/ids.js';
import type { PageRequest } from '../store/page.js';
import {
  changeWebhook,
  deleteWebhook,
  getWebhook,
  insertWebhook,
  listWebhooks,
  rotateSecret,
  type WebhookKey,
  type WebhookRow,
} from '../store/webhooks.js';
import { payloadOf } from '../webhooks/payload.js';
import { isPrivateHost } from '../webhooks/public-address.js';
import { newSecret } from '../webhooks/signature.js';
import { found } from './found.js';
import type { Parts } from './index.js';

/** Of one tenant: each is asked for what is new once a second. */
const mostWebhooks = 20;

export function webhookService({ db, config }: Pick<Parts, 'db' | 'config'>) {
  /** The URL as it is stored. That its address is public is checked again when it is dialled. */
  function checkedUrl(text: string): string {
    const problem = (message: string, expected: string) =>
      fieldProblem('invalid_request', { path: '/url', message, expected, got: text });
    if (!URL.canParse(text)) throw problem('is no URL', 'https://…');
    const { href, hostname, username, password } = new URL(text);
    if (username || password) throw problem('holds a name or a password', 'a URL without them');
    if (!config.allowPrivateWebhooks && isPrivateHost(hostname)) {
      throw problem(`${hostname} is no public address`, 'an address of the Internet');
    }
    return href;
  }

  return {
    async create({ tenantId, url, events }: Required<WebhookRequest> & { tenantId: string }): Promise<NewWebhook> {
      const secret = newSecret();
      const webhook = { tenantId, id: newId('webhook'), url: checkedUrl(url), events, secret };
      const row = await insertWebhook(db, webhook, mostWebhooks);
      if (!row) throw new Problem('quota_exceeded', `A tenant may have ${mostWebhooks} webhooks`);
      return { ...toWebhook(row), secret };
    },

    async list(page: PageRequest & { tenantId: string }) {
      const { items, nextCursor } = await listWebhooks(db, page);
      return { items: items.map(toWebhook), nextCursor };
    },

    async get(key: WebhookKey): Promise<Webhook> {
      return toWebhook(found(await getWebhook(db, key), 'webhook', key.id));
    },

    async change({ tenantId, id, url, ...patch }: WebhookKey & WebhookPatch): Promise<Webhook> {
      const change = { ...patch, ...(url !== undefined && { url: checkedUrl(url) }) };
      return toWebhook(found(await changeWebhook(db, { tenantId, id }, change), 'webhook', id));
    },

    async rotate({ tenantId, id, overlapSeconds }: WebhookKey & Required<RotateRequest>): Promise<NewWebhook> {
      const secret = newSecret();
      const row = await rotateSecret(db, { tenantId, id, secret, overlapSeconds });
      return { ...toWebhook(found(row, 'webhook', id)), secret };
    },

    async remove(key: WebhookKey): Promise<void> {
      found((await deleteWebhook(db, key)) || undefined, 'webhook', key.id);
    },

    /** A message of no event. */
    async test({ tenantId, id }: WebhookKey): Promise<Delivery> {
      found(await getWebhook(db, { tenantId, id }), 'webhook', id);
      const payload = payloadOf({ type: 'test', at: new Date().toISOString(), data: { webhookId: id } });
      const message = { id: newId('delivery'), tenantId, webhookId: id, type: 'test', payload };
      const [row] = await insertDeliveries(db, [message]);
      return toDelivery(row!);
    },

    async deliveries({ id, ...page }: PageRequest & WebhookKey) {
      found(await getWebhook(db, { tenantId: page.tenantId, id }), 'webhook', id);
      const { items, nextCursor } = await listDeliveries(db, { ...page, webhookId: id });
      return { items: items.map(toDelivery), nextCursor };
    },

    async redeliver(key: WebhookKey): Promise<Delivery> {
      return toDelivery(found(await redeliver(db, key), 'delivery', key.id));
    },
  };
}

const toWebhook = ({ id, url, events, enabled, disabledBecause, createdAt }: WebhookRow): Webhook => ({
  ...{ id, url, events, enabled, disabledBecause },
  createdAt: createdAt.toISOString(),
});

const toDelivery = ({ id, webhookId, type, state, log, nextTryAt, createdAt, finishedAt }: DeliveryRow): Delivery => ({
  ...{ id, webhookId, type, state, tries: log },
  nextTryAt: nextTryAt?.toISOString() ?? null,
  createdAt: createdAt.toISOString(),
  finishedAt: finishedAt?.toISOString() ?? null,
});
