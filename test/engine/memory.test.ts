import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMemory, Layout, pagesFor, RESERVED_BYTES } from '../../src/engine/memory.js';

test('a layout gives aligned regions that neither overlap nor touch the reserved bytes', () => {
  const layout = new Layout();
  const sizes = [1, 64, 100, 0, 4096];
  const pointers = sizes.map((bytes, index) => layout.reserve(`buffer${index}`, bytes));
  const odd = layout.reserve('odd', 3, 4);
  assert.ok(pointers.every((pointer) => pointer >= RESERVED_BYTES && pointer % 64 === 0));
  assert.ok(odd % 4 === 0 && layout.bytes === odd + 3);
  layout.regions.slice(1).forEach((region, index) => {
    const previous = layout.regions[index]!;
    assert.ok(region.pointer >= previous.pointer + previous.bytes);
  });
});

test('views cover the whole of a 4 GiB memory, which is made without touching it', () => {
  const { f32, f64, i32, u32, u8, memory } = createMemory(2 ** 32);
  assert.equal(memory.buffer.byteLength, 2 ** 32);
  f64[(2 ** 32 - 8) / 8] = 1;
  assert.deepEqual([u32.at(-1), i32.at(-1), u8.at(-1), f32.length], [0x3ff00000, 0x3ff00000, 0x3f, 2 ** 30]);
});

test('memory is shared and rounded up to whole pages', () => {
  const { memory } = createMemory(65_537);
  assert.ok(memory.buffer instanceof SharedArrayBuffer);
  assert.equal(memory.buffer.byteLength, 2 * 65_536);
});

test('more than 65,536 pages is exceeds_engine_memory, however much more', () => {
  assert.equal(pagesFor(2 ** 32), 65_536);
  for (const bytes of [2 ** 32 + 1, 2 ** 53, 1e300, Number.POSITIVE_INFINITY, Number.NaN]) {
    assert.throws(() => createMemory(bytes), { code: 'exceeds_engine_memory' });
  }
});
