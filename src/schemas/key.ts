/** API keys: whose requests they make, and what these may do. */
import { type Static, Type } from '#typebox';
import { Id, Nullable, Page, StringEnum, Time } from './common.js';

/** Each may do what those before it may. */
export const scopes = ['read', 'submit', 'admin'] as const;
export type Scope = (typeof scopes)[number];

const scope = StringEnum(scopes, {
  description:
    '`read`: look and predict. `submit`: also upload, train, change and delete. `admin`: also keys and the audit log',
});

export const KeyRequest = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200, description: 'For people' }),
    scope,
    expiresAt: Type.Optional(Nullable(Time, { default: null })),
  },
  { $id: 'KeyRequest', additionalProperties: false },
);
export type KeyRequest = Static<typeof KeyRequest>;

export const SessionRequest = Type.Object(
  { key: Type.String({ maxLength: 200 }) },
  { $id: 'SessionRequest', additionalProperties: false },
);

const fields = {
  id: Id('key'),
  name: Type.String(),
  prefix: Type.String({ description: 'How the key begins' }),
  scope,
  expiresAt: Nullable(Time),
  lastUsedAt: Nullable(Time),
  createdAt: Time,
};
export const Key = Type.Object(fields, { $id: 'Key', additionalProperties: false });
export type Key = Static<typeof Key>;
export const KeyPage = Page(Key, 'KeyPage');
export const NewKey = Type.Object(
  { ...fields, key: Type.String({ description: 'The key itself, shown this once: the service keeps its hash' }) },
  { $id: 'NewKey', additionalProperties: false },
);
export type NewKey = Static<typeof NewKey>;

export const AuditEntry = Type.Object(
  {
    keyId: Id('key'),
    method: Type.String(),
    path: Type.String(),
    status: Type.Integer(),
    requestId: Type.String(),
    at: Time,
  },
  { $id: 'AuditEntry', additionalProperties: false },
);
export const AuditPage = Page(AuditEntry, 'AuditPage');
