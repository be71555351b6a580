/**
 * Masked tokens: one block of Philox4x32-10 for each ordinary token. Plain code: a token costs some 15 ns, a thousandth of
 * what a step computes for it.
 */
import { MULTIPLIERS, ROUNDS, WEYL_0, WEYL_1 } from './random';

export function maskTokens(
  rows: i32, time: i32, vocabulary: i32, maskToken: i32, firstOrdinary: i32,
  tokens: usize, targets: usize, key: usize, stream: u32, draw: usize,
): void {
  const ordinary = <u64>(vocabulary - firstOrdinary);
  const multiplier0 = <u64>load<u32>(MULTIPLIERS), multiplier1 = <u64>load<u32>(MULTIPLIERS, 4);
  const step = load<u32>(draw);
  let element = load<u32>(draw, 4) * <u32>time;
  for (let row = 0; row < rows; row++) {
    let left = 0;
    for (let t = 0; t < time; t++) left += i32(load<i32>(tokens + (<usize>t << 2)) >= firstOrdinary);
    // As masking.ts has it.
    let wanted = left == 0 ? 0 : max(1, (15 * left + 50) / 100);
    for (let t = 0; t < time; t++, element++, tokens += 4, targets += 4) {
      const token = load<i32>(tokens);
      store<i32>(targets, -1);
      if (token < firstOrdinary) continue;
      let k0 = load<u32>(key), k1 = load<u32>(key, 4);
      let w0 = element, w1 = stream, w2 = step, w3: u32 = 0;
      for (let round: u32 = 0; round < ROUNDS; round++) {
        const product0 = <u64>w0 * multiplier0, product1 = <u64>w2 * multiplier1;
        w0 = <u32>(product1 >> 32) ^ w1 ^ k0;
        w1 = <u32>product1;
        w2 = <u32>(product0 >> 32) ^ w3 ^ k1;
        w3 = <u32>product0;
        k0 += WEYL_0;
        k1 += WEYL_1;
      }
      const chosen = <i32>((<u64>w0 * left) >> 32) < wanted;
      left--;
      if (!chosen) continue;
      wanted--;
      store<i32>(targets, token);
      const tenth = <u32>((<u64>w1 * 10) >> 32);
      if (tenth < 8) store<i32>(tokens, maskToken);
      else if (tenth == 8) store<i32>(tokens, firstOrdinary + <i32>((<u64>(w2 >> 8) * ordinary) >> 24));
    }
  }
}
