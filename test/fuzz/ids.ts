/** The ids that the service has told each tenant of, the latest first; requests name them by their place among these. */
import { idPrefixes } from '../../src/schemas/common.js';

const remembered = 30;
export const idText = new RegExp(`\\b(${Object.values(idPrefixes).join('|')})_[0-9a-hjkmnp-tv-z]{26}\\b`, 'g');

/** Whose id a request takes: of the tenant who asks, of another, of nobody. */
export type Whose = 'own' | 'foreign' | 'absent';

/** As it stands in a request that was drawn, before it is known what there is. */
export const placeholder = (prefix: string, whose: Whose, place: number): string => `{{${prefix}.${whose}.${place}}}`;

export class Ids {
  readonly #known: [Map<string, string[]>, Map<string, string[]>] = [new Map(), new Map()];
  readonly #secret: ReadonlySet<string>;
  readonly #deleted = new Set<string>();
  /** Of every id, who was told of it first. */
  readonly #owners = new Map<string, 0 | 1>();

  /** `secret` are those that no request shall name. */
  constructor(secret: readonly string[]) {
    this.#secret = new Set(secret);
  }

  /** Remembers the ids in what a tenant was answered; a refusal repeats what was asked for. */
  learn(tenant: 0 | 1, text: string): void {
    for (const [id, prefix] of text.matchAll(idText)) {
      if (this.#secret.has(id)) continue;
      if (!this.#owners.has(id)) this.#owners.set(id, tenant);
      const known = this.#known[tenant].get(prefix!) ?? [];
      if (!known.includes(id)) this.#known[tenant].set(prefix!, [id, ...known].slice(0, remembered));
    }
  }

  deleted(id: string): void {
    this.#deleted.add(id);
  }

  /** What is gone is named less often. */
  gone(tenant: 0 | 1, id: string): void {
    for (const [prefix, known] of this.#known[tenant]) {
      if (known.includes(id)) this.#known[tenant].set(prefix, [...known.filter((other) => other !== id), id]);
    }
  }

  isDeleted(id: string): boolean {
    return this.#deleted.has(id);
  }

  isForeign(tenant: 0 | 1, id: string): boolean {
    return (this.#owners.get(id) ?? tenant) !== tenant;
  }

  /** `text` with its placeholders as ids, for a request of `tenant`. */
  fill(tenant: 0 | 1, text: string): string {
    return text.replace(/\{\{(\w+)\.(\w+)\.(\d+)\}\}/g, (_, prefix: string, whose: Whose, place: string) => {
      const of = whose === 'own' ? tenant : tenant === 0 ? 1 : 0;
      const known = (whose !== 'absent' && this.#known[of].get(prefix)) || [];
      return known[Number(place) % known.length] ?? `${prefix}_${'0'.repeat(26)}`;
    });
  }
}
