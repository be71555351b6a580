/** What the kernels on sequences are tried on: every remainder of keys, masks, rows that see nothing, several blocks. */
import type { MaskingKernels } from '../../../src/engine/kernels/masking-kernels.js';
import type { AttentionKernels, SequenceKernels } from '../../../src/engine/kernels/sequence-kernels.js';
import { Draws, streamNumber } from '../../../src/engine/rng.js';
import { type Trial, trial } from './trial.js';

const draws = new Draws(22, streamNumber('init'));
const normals = (n: number, deviation = 1) => Float32Array.from({ length: n }, () => deviation * draws.normal());
const integers = (n: number, bound: number) => Int32Array.from({ length: n }, () => draws.integer(bound));
const COUNTS = [0, 1, 3, 4, 5, 19, 64, 1027];

/** [rows, cols, stride, visible] */
const SCORES = [
  [1, 1, 1, 1],
  [3, 2, 5, 1],
  [4, 7, 7, 4],
  [5, 8, 8, 8],
  [8, 33, 40, 26],
  [32, 64, 64, 33],
] as const;

type Sizes = readonly [rows: number, heads: number, time: number, headSize: number];

const SEQUENCES: readonly Sizes[] = [
  [1, 1, 1, 1],
  [2, 3, 7, 5],
  [2, 2, 16, 4],
  [1, 2, 32, 8],
  [1, 2, 33, 8],
  [2, 1, 71, 3],
];

const attentionTrials = (make: (sizes: Sizes, causal: 0 | 1, masked: boolean, rate: number) => Trial): Trial[] =>
  SEQUENCES.flatMap((sizes) =>
    ([0, 1] as const).flatMap((causal) =>
      [false, true].flatMap((masked) => [0, 0.3].map((rate) => make(sizes, causal, masked, rate))),
    ),
  );

const label = (kernel: string, sizes: Sizes, causal: 0 | 1, masked: boolean, rate: number) =>
  `${kernel} ${sizes.join('×')}${causal ? ' causal' : ''}${masked ? ' masked' : ''}, dropout ${rate}`;

/** What draws, and a mask of as many rows. */
const dropoutBuffers = (rows: number, stride: number) => ({
  key: integers(2, 2 ** 30),
  step: Int32Array.of(9),
  keep: new Uint32Array(rows * Math.ceil(stride / 16)).fill(0x5a5a),
});

/** [rows, time, vocabulary] */
const TEXTS = [
  [1, 1, 4],
  [3, 2, 5],
  [5, 7, 30],
  [2, 100, 70_000],
  [40, 33, 65],
] as const;

export const sequenceTrials: { readonly [K in keyof (SequenceKernels & AttentionKernels & MaskingKernels)]: Trial[] } =
  {
    maskTokens: TEXTS.flatMap(([rows, time, vocabulary]) =>
      [3, 0].map((firstOrdinary) => {
        // Short rows are filled up with 0; every fifth has nothing but special tokens.
        const tokens = integers(rows * time, vocabulary).map((token, at) =>
          at % time > 20 + 3 * Math.floor(at / time) || Math.floor(at / time) % 5 === 2 ? 0 : token,
        );
        const buffers = {
          tokens,
          targets: new Int32Array(rows * time),
          key: integers(2, 2 ** 30),
          draw: Int32Array.of(9, 7),
        };
        return trial(`maskTokens ${rows}×${time} of ${vocabulary} from ${firstOrdinary}`, buffers, (kernels, at) =>
          kernels.maskTokens(rows, time, vocabulary, 2, firstOrdinary, at.tokens, at.targets, at.key, 5, at.draw),
        );
      }),
    ),
    copy: COUNTS.map((n) =>
      trial(`copy ${n}`, { x: normals(n), y: new Float32Array(n) }, (kernels, at) => kernels.copy(n, at.x, at.y)),
    ),
    add: COUNTS.flatMap((n) => [
      trial(`add ${n}`, { a: normals(n), b: normals(n), y: new Float32Array(n) }, (kernels, at) =>
        kernels.add(n, at.a, at.b, at.y),
      ),
      trial(`add ${n} in place`, { a: normals(n), b: normals(n) }, (kernels, at) => kernels.add(n, at.a, at.b, at.b)),
    ]),
    notEqual: COUNTS.map((n) =>
      trial(`notEqual ${n}`, { x: integers(n, 3), y: new Int32Array(n) }, (kernels, at) =>
        kernels.notEqual(n, at.x, 2, at.y),
      ),
    ),
    scatterRows: [1, 3, 4, 21].map((cols) =>
      trial(
        `scatterRows 40×${cols} to 9`,
        { src: normals(40 * cols), indices: integers(40, 9), dst: normals(9 * cols) },
        (kernels, at) => kernels.scatterRows(40, cols, at.src, at.indices, at.dst),
      ),
    ),
    sequenceMean: SEQUENCES.flatMap(([rows, , time, width]) =>
      [0, 2].map((masks) =>
        trial(
          `sequenceMean ${rows}×${time}×${width}, mask below ${masks}`,
          { x: normals(rows * time * width), mask: integers(rows * time, masks + 1), y: normals(rows * width) },
          (kernels, at) => kernels.sequenceMean(rows, time, width, masks === 0 ? 0 : at.mask, at.x, at.y),
        ),
      ),
    ),
    sequenceMeanBackward: SEQUENCES.flatMap(([rows, , time, width]) =>
      [0, 2].map((masks) =>
        trial(
          `sequenceMeanBackward ${rows}×${time}×${width}, mask below ${masks}`,
          { dy: normals(rows * width), mask: integers(rows * time, masks + 1), dx: normals(rows * time * width) },
          (kernels, at) => kernels.sequenceMeanBackward(rows, time, width, masks === 0 ? 0 : at.mask, at.dy, at.dx),
        ),
      ),
    ),
    attentionSoftmax: SCORES.flatMap(([rows, cols, stride, visible]) =>
      [1, 300].flatMap((deviation) =>
        [0, 2, 3].map((masks) => {
          const s = normals(rows * stride, deviation);
          if (rows > 4 && masks === 0) s[stride + 1] = Number.NaN;
          return trial(
            `attentionSoftmax ${rows}×${cols} around ${deviation}, mask below ${masks}`,
            { s, mask: masks === 3 ? new Int32Array(cols) : integers(cols, 2) },
            (kernels, at) =>
              kernels.attentionSoftmax(rows, cols, stride, visible, 0.3, masks === 0 ? 0 : at.mask, at.s),
          );
        }),
      ),
    ),
    attentionSoftmaxBackward: SCORES.map(([rows, cols, stride]) =>
      trial(
        `attentionSoftmaxBackward ${rows}×${cols}`,
        { p: normals(rows * stride, 0.1), dp: normals(rows * stride) },
        (kernels, at) => kernels.attentionSoftmaxBackward(rows, cols, stride, 0.3, at.p, at.dp),
      ),
    ),
    attentionDropout: SCORES.map(([rows, cols, stride, visible]) =>
      trial(
        `attentionDropout ${rows}×${cols}`,
        { ...dropoutBuffers(rows, stride), x: normals(rows * stride), y: normals(rows * stride) },
        (kernels, at) =>
          kernels.attentionDropout(rows, cols, stride, visible, at.x, at.y, 0.3, at.key, at.step, 5, 3, at.keep),
      ),
    ),
    attentionDropoutBackward: SCORES.map(([rows, cols, stride, visible]) =>
      trial(
        `attentionDropoutBackward ${rows}×${cols}`,
        { ...dropoutBuffers(rows, stride), dx: normals(rows * stride) },
        (kernels, at) => kernels.attentionDropoutBackward(rows, cols, stride, visible, at.dx, at.dx, 0.3, at.keep),
      ),
    ),
    attention: attentionTrials((sizes, causal, masked, rate) => {
      const [rows, heads, time, headSize] = sizes;
      const n = rows * time * heads * headSize;
      return trial(
        label('attention', sizes, causal, masked, rate),
        {
          ...dropoutBuffers(rows * heads * time, time),
          qkv: normals(3 * n),
          mask: integers(rows * time, 3),
          probabilities: new Float32Array(rows * heads * time * time),
          y: new Float32Array(n),
          dropped: new Float32Array(time * time),
        },
        (kernels, at) => {
          const drawn = [rate, at.key, at.step, 5, 3, at.keep, at.dropped] as const;
          const mask = masked ? at.mask : 0;
          kernels.attention(...sizes, causal, mask, at.qkv, at.probabilities, at.y, ...drawn);
        },
        'dropped',
      );
    }),
    attentionBackward: attentionTrials((sizes, causal, masked, rate) => {
      const [rows, heads, time, headSize] = sizes;
      const n = rows * time * heads * headSize;
      return trial(
        label('attentionBackward', sizes, causal, masked, rate),
        {
          ...dropoutBuffers(rows * heads * time, time),
          qkv: normals(3 * n),
          mask: integers(rows * time, 3),
          probabilities: new Float32Array(rows * heads * time * time),
          y: new Float32Array(n),
          dy: normals(n),
          dqkv: new Float32Array(3 * n),
          workspace: new Float32Array(2 * time * time),
        },
        (kernels, at) => {
          const [dScores, dropped] = [at.workspace, at.workspace + 4 * time * time];
          const drawn = [rate, at.key, at.step, 5, 3, at.keep, dropped] as const;
          kernels.attention(...sizes, causal, masked ? at.mask : 0, at.qkv, at.probabilities, at.y, ...drawn);
          const backward = [at.qkv, at.probabilities, at.dy, at.dqkv, dScores, rate, at.keep, dropped] as const;
          kernels.attentionBackward(...sizes, causal, ...backward);
        },
        'workspace',
      );
    }),
  };
