/** Whether buffers keep out of one another's bytes. */
import assert from 'node:assert/strict';
import type { ProgramTensor } from '../../src/engine/program.js';

export type Span = Pick<ProgramTensor, 'pointer' | 'elements' | 'first' | 'last'>;

/** No two of them that live at once overlap. */
export function assertApart(spans: readonly Span[]): void {
  for (const [index, a] of spans.entries()) {
    for (const b of spans.slice(index + 1)) {
      const together = a.first <= b.last && b.first <= a.last;
      const apart = a.pointer + a.elements * 4 <= b.pointer || b.pointer + b.elements * 4 <= a.pointer;
      assert.ok(!together || apart, `${JSON.stringify(a)} overlaps ${JSON.stringify(b)}`);
    }
  }
}
