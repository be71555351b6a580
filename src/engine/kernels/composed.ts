/** The kernels that are made of other kernels: what a backend gets for nothing once it has products and the moves around them. */
import { attentionFrom } from './attention.js';
import { type BiasGradientKernels, biasGradientsFrom } from './bias-gradients.js';
import { convolutionFrom } from './convolution.js';
import type { ConvolutionKernels } from './image-kernels.js';
import type { Kernels } from './kernels.js';
import type { AttentionKernels } from './sequence-kernels.js';

export interface ComposedKernels extends ConvolutionKernels, AttentionKernels, BiasGradientKernels {}

export function composedKernels(parts: Omit<Kernels, 'name' | keyof ComposedKernels>): ComposedKernels {
  return { ...convolutionFrom(parts), ...attentionFrom(parts), ...biasGradientsFrom(parts) };
}
