/**
 * Attention as matrix products, head by head, on the packed queries, keys and values as they stand: leading dimensions do
 * what transposes would. Causal, the queries go by blocks, and a block's products end at its last key: about half of the
 * square is never computed. Any backend's products will do.
 */
import type { Gemm } from './kernels.js';
import type { AttentionKernels, SequenceKernels } from './sequence-kernels.js';

type RowKernels = 'attentionSoftmax' | 'attentionSoftmaxBackward' | 'attentionDropout' | 'attentionDropoutBackward';

interface Parts extends Pick<SequenceKernels, RowKernels> {
  readonly gemmNN: Gemm;
  readonly gemmTN: Gemm;
  readonly gemmNT: Gemm;
}

/** Queries of a causal block: fewer would waste less of the square and more on small products. */
const BLOCK = 32;
const F32_BYTES = Float32Array.BYTES_PER_ELEMENT;
const U32_BYTES = Uint32Array.BYTES_PER_ELEMENT;

/** Words of a query's bits in the mask of dropout. */
export const maskWords = (time: number): number => Math.ceil(time / 16);

export function attentionFrom(parts: Parts): AttentionKernels {
  const { attentionSoftmax, attentionSoftmaxBackward, attentionDropout, attentionDropoutBackward } = parts;
  const { gemmNN, gemmTN, gemmNT } = parts;
  return {
    // S = Q Kᵀ / √headSize, P = softmax(S), D = dropout(P), Y = D V
    attention(
      rows,
      heads,
      time,
      headSize,
      causal,
      keyMask,
      qkv,
      probabilities,
      y,
      rate,
      key,
      step,
      stream,
      firstRow,
      keep,
      dropped,
    ) {
      const width = heads * headSize;
      const packed = 3 * width; // elements from one position to the next
      const scale = 1 / Math.sqrt(headSize);
      const block = causal ? Math.min(BLOCK, time) : time;
      for (let row = 0; row < rows; row++) {
        const mask = keyMask === 0 ? 0 : keyMask + row * time * Int32Array.BYTES_PER_ELEMENT;
        for (let head = 0; head < heads; head++) {
          const q = qkv + (row * time * packed + head * headSize) * F32_BYTES;
          const [k, v] = [q + width * F32_BYTES, q + 2 * width * F32_BYTES];
          const p = probabilities + (row * heads + head) * time * time * F32_BYTES;
          const out = y + (row * time * width + head * headSize) * F32_BYTES;
          for (let first = 0; first < time; first += block) {
            const queries = Math.min(block, time - first);
            const keys = causal ? first + queries : time;
            const scores = p + first * time * F32_BYTES; // [queries, keys], time from row to row
            gemmNT(queries, keys, headSize, q + first * packed * F32_BYTES, packed, k, packed, scores, time, 0);
            const visible = causal ? first + 1 : time;
            attentionSoftmax(queries, keys, time, visible, scale, mask, scores);
            let weights = scores;
            if (rate > 0) {
              weights = dropped;
              const query = (row * heads + head) * time + first;
              const kept = keep + query * maskWords(time) * U32_BYTES;
              const drawn = firstRow * heads * time + query;
              attentionDropout(queries, keys, time, visible, scores, dropped, rate, key, step, stream, drawn, kept);
            }
            gemmNN(queries, headSize, keys, weights, time, v, packed, out + first * width * F32_BYTES, width, 0);
          }
        }
      }
    },

    // dV = Dᵀ dY, dD = dY Vᵀ, dP from dD, dS = P ∘ (dP − Σ keys dP ∘ P) / √headSize, dQ = dS K, dK = dSᵀ Q
    attentionBackward(rows, heads, time, headSize, causal, qkv, probabilities, dy, dqkv, dScores, rate, keep, dropped) {
      const width = heads * headSize;
      const packed = 3 * width;
      const scale = 1 / Math.sqrt(headSize);
      const block = causal ? Math.min(BLOCK, time) : time;
      const lastBlock = Math.floor((time - 1) / block) * block;
      for (let row = 0; row < rows; row++) {
        for (let head = 0; head < heads; head++) {
          const start = (row * time * packed + head * headSize) * F32_BYTES;
          const [q, k, v] = [qkv + start, qkv + start + width * F32_BYTES, qkv + start + 2 * width * F32_BYTES];
          const [dq, dk, dv] = [dqkv + start, dqkv + start + width * F32_BYTES, dqkv + start + 2 * width * F32_BYTES];
          const p = probabilities + (row * heads + head) * time * time * F32_BYTES;
          const dOut = dy + (row * time * width + head * headSize) * F32_BYTES;
          // The last block comes first: it reaches every key, so that the others find something to add to.
          for (let first = lastBlock; first >= 0; first -= block) {
            const queries = Math.min(block, time - first);
            const keys = causal ? first + queries : time;
            const beta = first === lastBlock ? 0 : 1;
            const [qBlock, dqBlock] = [q + first * packed * F32_BYTES, dq + first * packed * F32_BYTES];
            const pBlock = p + first * time * F32_BYTES;
            const dOutBlock = dOut + first * width * F32_BYTES;
            const visible = causal ? first + 1 : time;
            const kept = keep + ((row * heads + head) * time + first) * maskWords(time) * U32_BYTES;
            if (rate > 0) attentionDropoutBackward(queries, keys, time, visible, pBlock, dropped, rate, kept);
            const weights = rate > 0 ? dropped : pBlock;
            gemmTN(keys, headSize, queries, weights, time, dOutBlock, width, dv, packed, beta);
            gemmNT(queries, keys, headSize, dOutBlock, width, v, packed, dScores, time, 0);
            if (rate > 0) attentionDropoutBackward(queries, keys, time, visible, dScores, dScores, rate, kept);
            attentionSoftmaxBackward(queries, keys, time, scale, pBlock, dScores);
            gemmNN(queries, headSize, keys, dScores, time, k, packed, dqBlock, packed, 0);
            gemmTN(keys, headSize, queries, dScores, time, qBlock, packed, dk, packed, beta);
          }
        }
      }
    },
  };
}
