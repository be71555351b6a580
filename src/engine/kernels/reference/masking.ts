/** The kernel of ../masking-kernels.ts as plain loops. */
import { chosenInRow } from '../../masking.js';
import type { EngineMemory } from '../../memory.js';
import { philox } from '../../rng.js';
import type { MaskingKernels } from '../masking-kernels.js';

const TWO_32 = 2 ** 32;

export function maskingKernels({ i32, u32 }: EngineMemory): MaskingKernels {
  return {
    maskTokens(rows, time, vocabulary, maskToken, firstOrdinary, tokens, targets, key, stream, draw) {
      const [key0, key1] = [u32[key >>> 2]!, u32[(key >>> 2) + 1]!];
      const [step, firstRow] = [u32[draw >>> 2]!, u32[(draw >>> 2) + 1]!];
      const words = new Uint32Array(4);
      const isOrdinary = (token: number) => token >= firstOrdinary;
      for (let row = 0; row < rows; row++) {
        const [from, to] = [(tokens >>> 2) + row * time, (targets >>> 2) + row * time];
        let left = i32.subarray(from, from + time).filter(isOrdinary).length;
        let wanted = chosenInRow(i32, { first: from, count: time }, { token: maskToken, firstOrdinary });
        for (let t = 0; t < time; t++) {
          const token = i32[from + t]!;
          i32[to + t] = -1;
          if (!isOrdinary(token)) continue;
          philox(key0, key1, (firstRow + row) * time + t, stream, step, 0, words);
          const [choice, kind, other] = words as unknown as [number, number, number];
          if (Math.floor((choice * left--) / TWO_32) >= wanted) continue;
          wanted--;
          i32[to + t] = token;
          const tenth = Math.floor((10 * kind) / TWO_32);
          if (tenth < 8) i32[from + t] = maskToken;
          if (tenth === 8) {
            i32[from + t] = firstOrdinary + Math.floor(((other >>> 8) * (vocabulary - firstOrdinary)) / 2 ** 24);
          }
        }
      }
    },
  };
}
