/** Keys: made, found, listed, revoked, and the list of what they were used for. */
import { createHash, randomBytes } from 'node:crypto';
import { fieldProblem, Problem } from '../errors.js';
import type { Key, KeyRequest, NewKey } from '../schemas/key.js';
import { type AuditRow, addAudit, listAudit } from '../store/audit.js';
import { newId } from '../store/ids.js';
import { deleteKey, findKey, insertKey, type KeyRow, listKeys } from '../store/keys.js';
import type { PageRequest } from '../store/page.js';
import { found } from './found.js';
import type { Parts } from './index.js';

/** 256 bits of chance, behind what tells people and secret scanners what it is. */
const newSecret = (): string => `ty_${randomBytes(32).toString('base64url')}`;
const shownLength = 9;
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

export function keyService({ db }: Pick<Parts, 'db'>) {
  return {
    async create({ tenantId, name, scope, expiresAt = null }: KeyRequest & { tenantId: string }): Promise<NewKey> {
      const expires = expiresAt === null ? null : new Date(expiresAt);
      if (expires !== null && !(expires.getTime() > Date.now())) {
        throw fieldProblem('invalid_request', {
          path: '/expiresAt',
          message: 'the key would never open anything',
          expected: 'a time to come',
          got: expiresAt,
        });
      }
      const key = newSecret();
      const named = { id: newId('key'), tenantId, name, prefix: key.slice(0, shownLength) };
      const row = await insertKey(db, { ...named, sha256: hashOf(key), scope, expiresAt: expires });
      return { ...toKey(row), key };
    },

    /** The key behind a secret. Throws Problem `unauthorized` where there is none, or it was revoked or has expired. */
    async require(secret: string | undefined): Promise<KeyRow> {
      if (secret === undefined) throw new Problem('unauthorized', 'expected the header Authorization: Bearer ty_…');
      const key = await findKey(db, hashOf(secret));
      if (key === undefined) throw new Problem('unauthorized', 'No such key, or it has expired');
      return key;
    },

    async list(page: PageRequest & { tenantId: string }) {
      const { items, nextCursor } = await listKeys(db, page);
      return { items: items.map(toKey), nextCursor };
    },

    async revoke({ tenantId, id }: { tenantId: string; id: string }): Promise<void> {
      found((await deleteKey(db, { tenantId, id })) || undefined, 'key', id);
    },

    note: (entry: Omit<AuditRow, 'id' | 'at'>): Promise<void> => addAudit(db, entry),

    async audit(page: PageRequest & { tenantId: string }) {
      const { items, nextCursor } = await listAudit(db, page);
      const entries = items.map(({ keyId, method, path, status, requestId, at }) => {
        return { keyId, method, path, status, requestId, at: at.toISOString() };
      });
      return { items: entries, nextCursor };
    },
  };
}

function toKey({ id, name, prefix, scope, expiresAt, lastUsedAt, createdAt }: KeyRow): Key {
  const time = (date: Date | null): string | null => date?.toISOString() ?? null;
  return {
    id,
    name,
    prefix,
    scope,
    expiresAt: time(expiresAt),
    lastUsedAt: time(lastUsedAt),
    createdAt: time(createdAt)!,
  };
}
