/** The greatest element of each window; its gradient goes to that element alone. */
import { type Static, Type } from '#typebox';
import { elementsOf } from '../shape.js';
import type { Layer } from './layer.js';
import { kernelField, paddingField, strideField, windowedShape } from './window.js';

export const MaxPool2dSpec = Type.Object(
  {
    type: Type.Literal('maxPool2d'),
    kernel: kernelField,
    stride: strideField('kernel where it is left out'),
    padding: paddingField,
  },
  { additionalProperties: false },
);
export type MaxPool2dSpec = Static<typeof MaxPool2dSpec>;

const windowOf = ({ kernel, stride = kernel, padding = 0 }: MaxPool2dSpec) => ({ kernel, stride, padding });

export const maxPool2d: Layer<MaxPool2dSpec> = {
  outputShape: (spec, inputShape) => windowedShape('maxPool2d', windowOf(spec), inputShape),
  parameters: () => [],
  forward(spec, io, x) {
    const [channels, height, width] = io.inputShape as [number, number, number];
    const { kernel, stride, padding } = windowOf(spec);
    const elements = io.rows * elementsOf(io.outputShape);
    const y = io.buffer('output', elements); // [rows, channels, outHeight, outWidth]
    const argmax = io.buffer('argmax', elements); // int32
    io.call('maxPool2d', io.rows * channels, height, width, kernel, stride, padding, x, y, argmax);
    return y;
  },
  // dx = dy where x was the greatest, else 0
  backward(_, io, { dy }) {
    const [channels, height, width] = io.inputShape as [number, number, number];
    const outputPixels = elementsOf(io.outputShape) / channels;
    const argmax = io.buffer('argmax', io.rows * channels * outputPixels);
    const dx = io.buffer('inputGradient', io.rows * elementsOf(io.inputShape));
    io.call('maxPool2dBackward', io.rows * channels, height * width, outputPixels, dy, argmax, dx);
    return dx;
  },
};
