/** What the kernels on images are tried on: windows that fit, jut out, overlap, leave gaps, and planes of every remainder. */
import type { ImageKernels } from '../../../src/engine/kernels/image-kernels.js';
import { windowPlaces } from '../../../src/engine/kernels/window.js';
import { Draws, streamNumber } from '../../../src/engine/rng.js';
import { type Trial, trial } from './trial.js';

const draws = new Draws(21, streamNumber('init'));
const normals = (n: number) => Float32Array.from({ length: n }, () => draws.normal());

type Sizes = readonly [
  channels: number,
  height: number,
  width: number,
  kernel: number,
  stride: number,
  padding: number,
];

const WINDOWS: readonly Sizes[] = [
  [1, 1, 1, 1, 1, 0],
  [3, 5, 7, 1, 1, 0],
  [2, 5, 6, 1, 2, 0],
  [1, 7, 6, 3, 1, 0],
  [2, 6, 11, 3, 1, 1],
  [3, 8, 9, 3, 2, 1],
  [2, 6, 6, 5, 1, 2],
  [2, 7, 7, 5, 3, 4],
  [1, 4, 13, 2, 2, 0],
  [3, 13, 13, 2, 2, 0],
  [1, 9, 18, 2, 3, 1],
  [2, 2, 3, 4, 1, 2],
  [1, 3, 3, 3, 7, 0],
  [5, 12, 20, 3, 1, 0],
];

const title = (kernel: string, rows: number, window: Sizes) => `${kernel} ${rows} rows, ${window.join(' ')}`;

function outputPixels([, height, width, kernel, stride, padding]: Sizes): number {
  const window = { kernel, stride, padding };
  return windowPlaces(height, window) * windowPlaces(width, window);
}

function columnTrials(kernel: 'im2col' | 'col2im'): Trial[] {
  return WINDOWS.map((window) => {
    const [channels, height, width, side] = window;
    const buffers = {
      image: normals(channels * height * width),
      columns: normals(channels * side * side * outputPixels(window)),
    };
    return trial(title(kernel, 1, window), buffers, (kernels, at) => kernels[kernel](...window, at.image, at.columns));
  });
}

const CHANNELS = [
  [1, 1, 1],
  [2, 3, 5],
  [3, 2, 16],
  [2, 5, 31],
  [7, 3, 121],
] as const;

function channelBiasTrials(kernel: 'channelBias' | 'channelBiasRelu'): Trial[] {
  return CHANNELS.flatMap(([rows, channels, pixels]) => {
    const n = rows * channels * pixels;
    const label = `${kernel} ${rows}×${channels}×${pixels}`;
    const x = normals(n);
    x[0] = Number.NaN;
    return [
      trial(label, { x, bias: normals(channels), y: new Float32Array(n) }, (kernels, at) =>
        kernels[kernel](rows, channels, pixels, at.x, at.bias, at.y),
      ),
      trial(`${label} in place`, { x, bias: normals(channels) }, (kernels, at) =>
        kernels[kernel](rows, channels, pixels, at.x, at.bias, at.x),
      ),
    ];
  });
}

/** Planes of few values, so that windows hold equals, and of some NaN and −∞. */
function planes(n: number): Float32Array {
  const special = [Number.NaN, Number.NEGATIVE_INFINITY];
  return Float32Array.from({ length: n }, (_, i) => (i % 29 < 2 ? special[i % 29]! : draws.integer(4)));
}

const FILTERS = [1, 4, 17];

export const imageTrials: { readonly [K in keyof ImageKernels]: Trial[] } = {
  im2col: columnTrials('im2col'),
  col2im: columnTrials('col2im'),
  channelBias: channelBiasTrials('channelBias'),
  channelBiasRelu: channelBiasTrials('channelBiasRelu'),
  channelSums: CHANNELS.map(([rows, channels, pixels]) =>
    trial(
      `channelSums ${rows}×${channels}×${pixels}`,
      { x: normals(rows * channels * pixels), out: normals(channels) },
      (kernels, at) => kernels.channelSums(rows, channels, pixels, at.x, at.out),
    ),
  ),
  maxPool2d: WINDOWS.map((window) => {
    const [count, height, width, kernel, stride, padding] = window;
    const pixels = count * outputPixels(window);
    return trial(
      title('maxPool2d', 1, window),
      { x: planes(count * height * width), y: new Float32Array(pixels), argmax: new Int32Array(pixels) },
      (kernels, at) => kernels.maxPool2d(count, height, width, kernel, stride, padding, at.x, at.y, at.argmax),
    );
  }),
  maxPool2dBackward: [
    [1, 1, 1],
    [3, 12, 6],
    [2, 169, 36],
  ].map(([count, inputs, outputs]) =>
    trial(
      `maxPool2dBackward ${count} planes of ${inputs} to ${outputs}`,
      {
        dy: normals(count! * outputs!),
        argmax: Int32Array.from({ length: count! * outputs! }, () => draws.integer(inputs!)),
        dx: normals(count! * inputs!),
      },
      (kernels, at) => kernels.maxPool2dBackward(count!, inputs!, outputs!, at.dy, at.argmax, at.dx),
    ),
  ),
  avgPool2d: WINDOWS.filter(([, , , , , padding]) => padding === 0).map((window) => {
    const [count, height, width, kernel, stride] = window;
    return trial(
      title('avgPool2d', 1, window),
      { x: normals(count * height * width), y: new Float32Array(count * outputPixels(window)) },
      (kernels, at) => kernels.avgPool2d(count, height, width, kernel, stride, at.x, at.y),
    );
  }),
  avgPool2dBackward: WINDOWS.filter(([, , , , , padding]) => padding === 0).map((window) => {
    const [count, height, width, kernel, stride] = window;
    return trial(
      title('avgPool2dBackward', 1, window),
      { dy: normals(count * outputPixels(window)), dx: normals(count * height * width) },
      (kernels, at) => kernels.avgPool2dBackward(count, height, width, kernel, stride, at.dy, at.dx),
    );
  }),
  conv2d: convolutionTrials(({ rows, filters, window, x, weight, dy, columns }) =>
    trial(
      title('conv2d', rows, window),
      { x, weight, y: new Float32Array(dy.length), columns },
      (kernels, at) => {
        const [channels, height, width, ...sides] = window;
        kernels.conv2d(rows, channels, height, width, filters, ...sides, at.x, at.weight, at.y, at.columns);
      },
      'columns',
    ),
  ),
  conv2dBackwardWeight: convolutionTrials(({ rows, filters, window, x, weight, dy, columns }) =>
    trial(
      title('conv2dBackwardWeight', rows, window),
      { x, dy, sums: weight, columns },
      (kernels, { x, dy, sums, columns }) => {
        const [channels, height, width, ...sides] = window;
        kernels.conv2dBackwardWeight(rows, channels, height, width, filters, ...sides, x, dy, sums, columns);
      },
      'columns',
    ),
  ),
  conv2dBackwardInput: convolutionTrials(({ rows, filters, window, x, weight, dy, columns }) =>
    trial(
      title('conv2dBackwardInput', rows, window),
      { weight, dy, dx: x, columns },
      (kernels, at) => {
        const [channels, height, width, ...sides] = window;
        kernels.conv2dBackwardInput(
          rows,
          channels,
          height,
          width,
          filters,
          ...sides,
          at.weight,
          at.dy,
          at.dx,
          at.columns,
        );
      },
      'columns',
    ),
  ),
};

interface Convolution {
  rows: number;
  filters: number;
  window: Sizes;
  x: Float32Array;
  weight: Float32Array;
  dy: Float32Array;
  columns: Float32Array;
}

function convolutionTrials(make: (convolution: Convolution) => Trial): Trial[] {
  return WINDOWS.flatMap((window, index) => {
    const [channels, height, width, side] = window;
    const [rows, filters] = [1 + (index % 3), FILTERS[index % FILTERS.length]!];
    return make({
      rows,
      filters,
      window,
      x: normals(rows * channels * height * width),
      weight: normals(filters * channels * side * side),
      dy: normals(rows * filters * outputPixels(window)),
      columns: new Float32Array(channels * side * side * outputPixels(window)),
    });
  });
}
