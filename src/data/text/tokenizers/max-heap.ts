/** A binary heap: the greatest count first, of equal counts the least key. */

export interface Counted {
  count: number;
  key: number;
}

export class MaxHeap {
  /** Entry i comes before entries 2i + 1 and 2i + 2. */
  readonly #entries: Counted[] = [];

  push(entry: Counted): void {
    const entries = this.#entries;
    let at = entries.push(entry) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(entry, entries[parent]!)) break;
      entries[at] = entries[parent]!;
      at = parent;
    }
    entries[at] = entry;
  }

  pop(): Counted | undefined {
    const entries = this.#entries;
    const top = entries[0];
    const last = entries.pop();
    if (top === undefined || last === undefined || entries.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child + 1 < entries.length && isBefore(entries[child + 1]!, entries[child]!)) child++;
      if (child >= entries.length || !isBefore(entries[child]!, last)) break;
      entries[at] = entries[child]!;
      at = child;
    }
    entries[at] = last;
    return top;
  }
}

const isBefore = (a: Counted, b: Counted): boolean => a.count > b.count || (a.count === b.count && a.key < b.key);
