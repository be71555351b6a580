/** How the calls that work on images are cut: by rows of the batch, and pooling by planes. */
import type { KernelCall } from '../call.js';
import { windowPlaces } from '../kernels/window.js';
import { batch, type Cut, planes } from './parts.js';

/** Elements of an image, of what a convolution makes of it, and of its columns. */
function convolutionSizes(args: readonly number[]) {
  const [, channels, height, width, filters, kernel, stride, padding] = args as KernelCall<'conv2d'>['args'];
  const window = { kernel, stride, padding };
  const pixels = windowPlaces(height, window) * windowPlaces(width, window);
  const taps = channels * kernel ** 2;
  return {
    image: channels * height * width,
    output: filters * pixels,
    columns: taps * pixels,
    weights: filters * taps,
  };
}

export const conv2d = batch((args) => {
  const { image, output, columns } = convolutionSizes(args);
  const [X, Y, COLUMNS] = [8, 10, 11];
  return {
    rows: [
      [X, image],
      [Y, output],
    ],
    own: [[COLUMNS, columns]],
  };
});

export const conv2dBackwardInput = batch((args) => {
  const { image, output, columns } = convolutionSizes(args);
  const [DY, DX, COLUMNS] = [9, 10, 11];
  return {
    rows: [
      [DY, output],
      [DX, image],
    ],
    own: [[COLUMNS, columns]],
  };
});

export const conv2dBackwardWeight = batch((args) => {
  const { image, output, columns, weights } = convolutionSizes(args);
  const [X, DY, SUMS, COLUMNS] = [8, 9, 10, 11];
  return {
    rows: [
      [X, image],
      [DY, output],
    ],
    own: [
      [SUMS, weights],
      [COLUMNS, columns],
    ],
  };
});

// (rows, channels, pixels, x, bias, y)
export const channelBias = batch(([, channels, pixels]) => ({
  rows: [
    [3, channels! * pixels!],
    [5, channels! * pixels!],
  ],
}));

// (rows, channels, pixels, x, sums)
export const channelSums = batch(([, channels, pixels]) => ({
  rows: [[3, channels! * pixels!]],
  own: [[4, channels!]],
}));

// (planes, height, width, kernel, stride, padding, x, y, argmax)
export const maxPool2d = planes((args) => {
  const [, height, width, kernel, stride, padding] = args as KernelCall<'maxPool2d'>['args'];
  const window = { kernel, stride, padding };
  const output = windowPlaces(height, window) * windowPlaces(width, window);
  const buffers: [number, number][] = [
    [6, height * width],
    [7, output],
    [8, output],
  ];
  return { elements: height * width, buffers };
});

// (planes, inputPixels, outputPixels, dy, argmax, dx)
export const maxPool2dBackward = planes(([, input, output]) => {
  const buffers: [number, number][] = [
    [3, output!],
    [4, output!],
    [5, input!],
  ];
  return { elements: input!, buffers };
});

/** (planes, height, width, kernel, stride, …), the input and the output plane at the positions. */
export const avgPool2d = (inputAt: number, outputAt: number): Cut =>
  planes((args) => {
    const [, height, width, kernel, stride] = args as KernelCall<'avgPool2d'>['args'];
    const window = { kernel, stride, padding: 0 };
    const output = windowPlaces(height, window) * windowPlaces(width, window);
    const buffers: [number, number][] = [
      [inputAt, height * width],
      [outputAt, output],
    ];
    return { elements: height * width, buffers };
  });

// (rows, channels, pixels, y, dy, dx, sums)
export const channelBiasReluBackward = batch(([, channels, pixels]) => ({
  rows: [3, 4, 5].map((position) => [position, channels! * pixels!]),
  own: [[6, channels!]],
}));
