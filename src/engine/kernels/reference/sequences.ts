/** The kernels of ../sequence-kernels.ts as plain loops over their formulas, in float64, rounded once when stored. */
import type { EngineMemory } from '../../memory.js';
import { maskWords } from '../attention.js';
import type { Kernels } from '../kernels.js';
import type { AttentionKernels, SequenceKernels } from '../sequence-kernels.js';

export function sequenceKernels(
  { f32, i32 }: Pick<EngineMemory, 'f32' | 'i32'>,
  { dropout, dropoutBackward }: Pick<Kernels, 'dropout' | 'dropoutBackward'>,
): SequenceKernels & AttentionKernels {
  /** Softmax over the scores of the keys that are seen; 0 for the others, and for all where every score is −∞. */
  const softmaxOver = (scores: readonly number[], isSeen: (key: number) => boolean): number[] => {
    const seen = scores.map((score, key) => (isSeen(key) ? score : Number.NEGATIVE_INFINITY));
    const max = Math.max(...seen);
    if (max === Number.NEGATIVE_INFINITY) return seen.fill(0);
    const sum = seen.reduce((total, score, key) => (isSeen(key) ? total + Math.exp(score - max) : total), 0);
    return seen.map((score, key) => (isSeen(key) ? Math.exp(score - max) / sum : 0));
  };
  const isSeen = (keyMask: number, key: number) => keyMask === 0 || i32[(keyMask >>> 2) + key] !== 0;
  const positionsSeen = (row: number, time: number, keyMask: number) =>
    Array.from({ length: time }, (_, t) => t).filter((t) => isSeen(keyMask, row * time + t));

  const attentionDropout: SequenceKernels['attentionDropout'] = (rows, cols, stride, visible, x, y, rate, ...draws) => {
    const [key, step, stream, firstRow, keep] = draws;
    for (let r = 0; r < rows; r++) {
      const seen = Math.min(cols, visible + r);
      const [from, to, words] = [x + 4 * r * stride, y + 4 * r * stride, maskWords(stride)];
      dropout(seen, from, to, rate, key, step, stream, keep + 4 * r * words, (firstRow + r) * 16 * words);
      f32.fill(0, (to >>> 2) + seen, (to >>> 2) + cols);
    }
  };

  const attentionDropoutBackward: SequenceKernels['attentionDropoutBackward'] = (
    rows,
    cols,
    stride,
    visible,
    dy,
    dx,
    rate,
    keep,
  ) => {
    for (let r = 0; r < rows; r++) {
      const seen = Math.min(cols, visible + r);
      const [from, to] = [dy + 4 * r * stride, dx + 4 * r * stride];
      dropoutBackward(seen, from, keep + 4 * r * maskWords(stride), to, rate);
      f32.fill(0, (to >>> 2) + seen, (to >>> 2) + cols);
    }
  };

  return {
    copy(n, x, y) {
      f32.copyWithin(y >>> 2, x >>> 2, (x >>> 2) + n);
    },

    add(n, a, b, y) {
      for (let i = 0; i < n; i++) f32[(y >>> 2) + i] = f32[(a >>> 2) + i]! + f32[(b >>> 2) + i]!;
    },

    notEqual(n, x, value, y) {
      for (let i = 0; i < n; i++) i32[(y >>> 2) + i] = Number(i32[(x >>> 2) + i] !== value);
    },

    scatterRows(rows, cols, src, indices, dst) {
      for (let r = 0; r < rows; r++) {
        const to = (dst >>> 2) + i32[(indices >>> 2) + r]! * cols;
        for (let c = 0; c < cols; c++) f32[to + c]! += f32[(src >>> 2) + r * cols + c]!;
      }
    },

    attentionSoftmax(rows, cols, stride, visible, scale, keyMask, s) {
      for (let r = 0; r < rows; r++) {
        const start = (s >>> 2) + r * stride;
        const scores = Array.from(f32.subarray(start, start + cols), (score) => scale * score);
        f32.set(
          softmaxOver(scores, (key) => key < visible + r && isSeen(keyMask, key)),
          start,
        );
      }
    },

    // dsᵢ = scale · pᵢ (dpᵢ − Σⱼ dpⱼ pⱼ)
    attentionSoftmaxBackward(rows, cols, stride, scale, p, dp) {
      for (let r = 0; r < rows; r++) {
        const [pRow, dpRow] = [(p >>> 2) + r * stride, (dp >>> 2) + r * stride];
        let dot = 0;
        for (let c = 0; c < cols; c++) dot += f32[pRow + c]! * f32[dpRow + c]!;
        for (let c = 0; c < cols; c++) f32[dpRow + c] = scale * f32[pRow + c]! * (f32[dpRow + c]! - dot);
      }
    },

    attentionDropout,
    attentionDropoutBackward,

    sequenceMean(rows, time, width, keyMask, x, y) {
      for (let row = 0; row < rows; row++) {
        const seen = positionsSeen(row, time, keyMask);
        for (let c = 0; c < width; c++) {
          const sum = seen.reduce((total, t) => total + f32[(x >>> 2) + (row * time + t) * width + c]!, 0);
          f32[(y >>> 2) + row * width + c] = seen.length === 0 ? 0 : sum / seen.length;
        }
      }
    },

    sequenceMeanBackward(rows, time, width, keyMask, dy, dx) {
      f32.fill(0, dx >>> 2, (dx >>> 2) + rows * time * width);
      for (let row = 0; row < rows; row++) {
        const seen = positionsSeen(row, time, keyMask);
        for (const t of seen) {
          for (let c = 0; c < width; c++) {
            f32[(dx >>> 2) + (row * time + t) * width + c] = f32[(dy >>> 2) + row * width + c]! / seen.length;
          }
        }
      }
    },

    attention(rows, heads, time, headSize, causal, keyMask, qkv, probabilities, y, rate, ...dropping) {
      const [key, step, stream, firstRow, keep, dropped] = dropping;
      const scale = 1 / Math.sqrt(headSize);
      const at = (row: number, position: number, part: number, head: number) =>
        (qkv >>> 2) + (((row * time + position) * 3 + part) * heads + head) * headSize;
      for (let row = 0; row < rows; row++) {
        const mask = keyMask === 0 ? 0 : keyMask + row * time * 4;
        for (let head = 0; head < heads; head++) {
          const first = (row * heads + head) * time;
          const square = probabilities + 4 * first * time;
          for (let query = 0; query < time; query++) {
            const scores = Array.from({ length: time }, (_, key) => {
              let score = 0;
              for (let i = 0; i < headSize; i++)
                score += f32[at(row, query, 0, head) + i]! * f32[at(row, key, 1, head) + i]!;
              return score * scale;
            });
            const p = softmaxOver(scores, (key) => !(causal && key > query) && isSeen(mask, key));
            f32.set(p, (square >>> 2) + query * time);
          }
          if (rate > 0) {
            const [visible, drawn] = [causal ? 1 : time, firstRow * heads * time + first];
            const kept = keep + 4 * first * maskWords(time);
            attentionDropout(time, time, time, visible, square, dropped, rate, key, step, stream, drawn, kept);
          }
          const weights = rate > 0 ? dropped : square;
          for (let query = 0; query < time; query++) {
            for (let i = 0; i < headSize; i++) {
              let sum = 0;
              for (let key = 0; key < time; key++) {
                sum += f32[(weights >>> 2) + query * time + key]! * f32[at(row, key, 2, head) + i]!;
              }
              f32[(y >>> 2) + ((row * time + query) * heads + head) * headSize + i] = sum;
            }
          }
        }
      }
    },

    // dv = Σ queries d dy, dd = dy·v, dp = keep dd / (1 − rate), ds = p (dp − Σ keys dp p) / √headSize, dq = Σ keys ds k, dk = Σ queries ds q
    attentionBackward(rows, heads, time, headSize, causal, qkv, probabilities, dy, dqkv, dScores, rate, keep, dropped) {
      const scale = 1 / Math.sqrt(headSize);
      const at = (row: number, position: number, part: number, head: number) =>
        (((row * time + position) * 3 + part) * heads + head) * headSize;
      const sums = new Float64Array(rows * time * 3 * heads * headSize);
      const visible = causal ? 1 : time;
      for (let row = 0; row < rows; row++) {
        for (let head = 0; head < heads; head++) {
          const first = (row * heads + head) * time;
          const square = probabilities + 4 * first * time;
          const kept = keep + 4 * first * maskWords(time);
          const upstream = (query: number) => (dy >>> 2) + ((row * time + query) * heads + head) * headSize;
          for (let query = 0; query < time; query++) {
            for (let key = 0; key < time; key++) {
              let sum = 0;
              for (let i = 0; i < headSize; i++) {
                sum += f32[upstream(query) + i]! * f32[(qkv >>> 2) + at(row, key, 2, head) + i]!;
              }
              f32[(dScores >>> 2) + query * time + key] = sum;
            }
          }
          if (rate > 0) {
            attentionDropoutBackward(time, time, time, visible, square, dropped, rate, kept);
            attentionDropoutBackward(time, time, time, visible, dScores, dScores, rate, kept);
          }
          const weights = rate > 0 ? dropped : square;
          for (let query = 0; query < time; query++) {
            const keys = causal ? query + 1 : time;
            const [p, dp] = [(square >>> 2) + query * time, (dScores >>> 2) + query * time];
            let dot = 0;
            for (let key = 0; key < keys; key++) dot += f32[dp + key]! * f32[p + key]!;
            for (let key = 0; key < keys; key++) {
              const ds = f32[p + key]! * (f32[dp + key]! - dot) * scale;
              const weight = f32[(weights >>> 2) + query * time + key]!;
              for (let i = 0; i < headSize; i++) {
                sums[at(row, query, 0, head) + i]! += ds * f32[(qkv >>> 2) + at(row, key, 1, head) + i]!;
                sums[at(row, key, 1, head) + i]! += ds * f32[(qkv >>> 2) + at(row, query, 0, head) + i]!;
                sums[at(row, key, 2, head) + i]! += weight * f32[upstream(query) + i]!;
              }
            }
          }
        }
      }
      f32.set(sums, dqkv >>> 2);
    },
  };
}
