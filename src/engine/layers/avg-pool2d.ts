/** The mean of each window; its gradient goes to all of them in equal parts. */
import { type Static, Type } from '#typebox';
import { elementsOf } from '../shape.js';
import type { Layer } from './layer.js';
import { kernelField, strideField, windowedShape } from './window.js';

export const AvgPool2dSpec = Type.Object(
  { type: Type.Literal('avgPool2d'), kernel: kernelField, stride: strideField('kernel where it is left out') },
  { additionalProperties: false },
);
export type AvgPool2dSpec = Static<typeof AvgPool2dSpec>;

const windowOf = ({ kernel, stride = kernel }: AvgPool2dSpec) => ({ kernel, stride, padding: 0 });

export const avgPool2d: Layer<AvgPool2dSpec> = {
  outputShape: (spec, inputShape) => windowedShape('avgPool2d', windowOf(spec), inputShape),
  parameters: () => [],
  forward(spec, io, x) {
    const [channels, height, width] = io.inputShape as [number, number, number];
    const { kernel, stride } = windowOf(spec);
    const y = io.buffer('output', io.rows * elementsOf(io.outputShape)); // [rows, channels, outHeight, outWidth]
    io.call('avgPool2d', io.rows * channels, height, width, kernel, stride, x, y);
    return y;
  },
  // dx = dy / kernel², summed over the windows that hold x
  backward(spec, io, { dy }) {
    const [channels, height, width] = io.inputShape as [number, number, number];
    const { kernel, stride } = windowOf(spec);
    const dx = io.buffer('inputGradient', io.rows * elementsOf(io.inputShape));
    io.call('avgPool2dBackward', io.rows * channels, height, width, kernel, stride, dy, dx);
    return dx;
  },
};
