/** Webhooks: events of jobs, sent to a URL of the tenant's as Standard Webhooks (https://www.standardwebhooks.com) says. */
import { type Static, Type } from '#typebox';
import { Id, Nullable, Page, StringEnum, Time } from './common.js';
import { eventTypes } from './run.js';

const url = Type.String({
  pattern: '^https?://[^\\s]+$',
  maxLength: 2000,
  description: 'http or https, of a public address. Redirects are not followed',
});
const events = Type.Array(StringEnum(eventTypes), {
  minItems: 1,
  maxItems: eventTypes.length,
  uniqueItems: true,
  description: 'Which events of jobs are sent',
});

export const WebhookRequest = Type.Object(
  { url, events: Type.Optional({ ...events, default: [...eventTypes] }) },
  { $id: 'WebhookRequest', additionalProperties: false },
);
export type WebhookRequest = Static<typeof WebhookRequest>;

export const WebhookPatch = Type.Object(
  {
    url: Type.Optional(url),
    events: Type.Optional(events),
    enabled: Type.Optional(
      Type.Boolean({
        description: 'Enabled again, it is sent what happens from then on, and what is still to be tried',
      }),
    ),
  },
  { $id: 'WebhookPatch', additionalProperties: false, minProperties: 1 },
);
export type WebhookPatch = Static<typeof WebhookPatch>;

export const RotateRequest = Type.Object(
  {
    overlapSeconds: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 604_800,
        default: 86_400,
        description: 'How long messages are signed with the former secret too',
      }),
    ),
  },
  { $id: 'RotateRequest', additionalProperties: false },
);
export type RotateRequest = Static<typeof RotateRequest>;

const fields = {
  id: Id('webhook'),
  url: Type.String(),
  events,
  enabled: Type.Boolean(),
  disabledBecause: Nullable(Type.String({ description: 'Where it was not the client: it answered 410' })),
  createdAt: Time,
};
export const Webhook = Type.Object(fields, { $id: 'Webhook', additionalProperties: false });
export type Webhook = Static<typeof Webhook>;
export const WebhookPage = Page(Webhook, 'WebhookPage');
export const NewWebhook = Type.Object(
  { ...fields, secret: Type.String({ description: 'What messages are signed with, `whsec_…`, shown this once' }) },
  { $id: 'NewWebhook', additionalProperties: false },
);
export type NewWebhook = Static<typeof NewWebhook>;

export const DeliveryTry = Type.Object(
  {
    at: Time,
    status: Nullable(Type.Integer({ description: 'Of the answer; 2xx is success' })),
    error: Nullable(Type.String({ description: 'Why there was no answer' })),
    milliseconds: Type.Integer(),
  },
  { $id: 'DeliveryTry', additionalProperties: false },
);
export type DeliveryTry = Static<typeof DeliveryTry>;

export const deliveryStates = ['pending', 'delivered', 'failed'] as const;
export const Delivery = Type.Object(
  {
    id: Type.String({ ...Id('delivery'), description: 'Also the header `webhook-id`, the same at every try' }),
    webhookId: Id('webhook'),
    type: Type.String({ description: 'Of its event, or `test`' }),
    state: StringEnum(deliveryStates),
    tries: Type.Array(DeliveryTry, { description: 'The last ones, in their order' }),
    nextTryAt: Nullable(Time),
    createdAt: Time,
    finishedAt: Nullable(Time),
  },
  { $id: 'Delivery', additionalProperties: false },
);
export type Delivery = Static<typeof Delivery>;
export const DeliveryPage = Page(Delivery, 'DeliveryPage');
