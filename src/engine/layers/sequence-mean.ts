/** y = mean over the positions of x [time, width] that are not padding: what a whole sequence is told by, whatever its length. */
import { type Static, Type } from '#typebox';
import type { Layer, LayerIo } from './layer.js';
import { sequenceShape } from './sequence.js';

export const SequenceMeanSpec = Type.Object({ type: Type.Literal('sequenceMean') }, { additionalProperties: false });
export type SequenceMeanSpec = Static<typeof SequenceMeanSpec>;

function sizesOf({ rows, inputShape }: LayerIo) {
  const [time, width] = inputShape as [number, number];
  return [rows, time, width] as const;
}

export const sequenceMean: Layer<SequenceMeanSpec> = {
  outputShape: (_, inputShape) => [sequenceShape('sequenceMean', inputShape)[1]],
  parameters: () => [],
  forward(_, io, x) {
    const [rows, time, width] = sizesOf(io);
    const y = io.buffer('output', rows * width); // [rows, width]
    io.call('sequenceMean', rows, time, width, io.keyMask, x, y);
    return y;
  },
  // dx = dy / positions at each that is counted, 0 at the others
  backward(_, io, { dy }) {
    const [rows, time, width] = sizesOf(io);
    if (!io.needsInputGradient) return dy;
    const dx = io.buffer('inputGradient', rows * time * width);
    io.call('sequenceMeanBackward', rows, time, width, io.keyMask, dy, dx);
    return dx;
  },
};
