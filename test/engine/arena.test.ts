/** Places for buffers that are named first: nothing alive is shared, and what is dead is. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Arena, type Frame } from '../../src/engine/arena.js';
import type { KernelCall } from '../../src/engine/call.js';
import { Draws, streamNumber } from '../../src/engine/rng.js';

const KiB = 1024;
const add = (a: number, b: number, y: number): KernelCall<'add'> => ({ kernel: 'add', args: [1, a, b, y] });
const none = { buffers: [], until: 0 };

test('a chain of 100 buffers lies in the bytes of 3: its input, and two that take turns', () => {
  const arena = new Arena();
  const names = Array.from({ length: 100 }, () => arena.reserve(KiB));
  const calls = names.slice(1).map((name, index) => add(names[index]!, names[index]!, name));
  const { end } = arena.place(calls, { at: 4096, inputs: [names[0]!], outputs: [names[99]!], kept: none });
  assert.ok(end <= 4096 + 3 * KiB, `ends at ${end}`);
});

test('in 50 random programs no two buffers that live at once overlap, and calls keep offsets, counts and foreign pointers', () => {
  const draws = new Draws(6, streamNumber('init'));
  for (let program = 0; program < 50; program++) {
    const arena = new Arena();
    const buffers = Array.from({ length: 30 }, () => {
      const bytes = draws.integer(5 * KiB);
      return { bytes, name: arena.reserve(bytes) };
    });
    const some = () => buffers[draws.integer(buffers.length)]!.name;
    const calls = Array.from({ length: 40 }, () => add(some(), 2 ** 31, some() + 16));
    const kept = { buffers: [some(), some()], until: 20 };
    const placed = arena.place(calls, { at: 100, inputs: [some()], outputs: [some()], kept });
    for (const name of kept.buffers) assert.ok(placed.placementOf(name).last >= 19);
    placed.calls.forEach(({ kernel, args }, index) => {
      const [n, a, b, y] = calls[index]!.args;
      assert.equal(kernel, 'add');
      assert.deepEqual(args, [n, placed.placementOf(a!).pointer, b, placed.placementOf(y!).pointer + 16]);
    });
    const spans = buffers.map(({ bytes, name }) => ({ bytes, ...placed.placementOf(name) }));
    for (const [index, one] of spans.entries()) {
      assert.ok(one.pointer >= 100 && one.pointer % 64 === 0 && one.pointer + one.bytes <= placed.end);
      for (const other of spans.slice(index + 1)) {
        const together = one.first <= other.last && other.first <= one.last;
        const apart = one.pointer + one.bytes <= other.pointer || other.pointer + other.bytes <= one.pointer;
        assert.ok(!together || apart);
      }
    }
  }
});

test('a program lies in the places of one with larger buffers; where one of its own is larger, it is refused', () => {
  const chain = (sizes: readonly number[], at: number | Frame) => {
    const arena = new Arena();
    const names = sizes.map((bytes) => arena.reserve(bytes));
    const calls = names.slice(1).map((name, index) => add(names[index]!, 0, name));
    return { names, ...arena.place(calls, { at, inputs: [names[0]!], outputs: [names.at(-1)!], kept: none }) };
  };
  const large = chain([8 * KiB, 4 * KiB, 8 * KiB, 6 * KiB], 4096);
  // By themselves these would end higher than 4096 + 16 KiB: no gap is wide enough for the last.
  const small = chain([KiB, 4 * KiB, KiB, 6 * KiB], large.frame);
  assert.deepEqual(
    small.names.map((name) => small.placementOf(name)),
    large.names.map((name) => large.placementOf(name)),
  );
  assert.ok(small.end <= large.end);
  assert.throws(() => chain([KiB, 5 * KiB, KiB, KiB], large.frame), {
    message: 'buffer 1: 5120 bytes in a place of 4096',
  });
});
