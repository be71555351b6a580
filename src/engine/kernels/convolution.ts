/**
 * Convolution as matrix products (Chellapilla et al., "High performance convolutional neural networks for document
 * processing", 2006), image by image: the columns of one image stay in the second-level cache between the kernel that
 * makes them and the product that reads them, and memory does not grow with the batch. Any backend's products will do: a native
 * library packs by itself. Packing windows straight into the panels of wasm's products, with no columns between, was measured to
 * gain 1 % of forward and nothing of the weights' gradient: what costs is that runs of pixels are short, not their second copy.
 */
import type { ConvolutionKernels, PlaneKernels } from './image-kernels.js';
import type { Gemm } from './kernels.js';
import { type Window, windowPlaces } from './window.js';

interface Parts extends Pick<PlaneKernels, 'im2col' | 'col2im'> {
  readonly gemmNN: Gemm;
  readonly gemmTN: Gemm;
  readonly gemmNT: Gemm;
}

const F32_BYTES = Float32Array.BYTES_PER_ELEMENT;

/** A window of one element that goes everywhere: the image is its own columns. */
const isPointwise = ({ kernel, stride, padding }: Window) => kernel === 1 && stride === 1 && padding === 0;

export function convolutionFrom({ im2col, col2im, gemmNN, gemmTN, gemmNT }: Parts): ConvolutionKernels {
  return {
    // y [filters, pixels] = W [filters, taps] · columns [taps, pixels]
    conv2d(rows, channels, height, width, filters, kernel, stride, padding, x, weight, y, columns) {
      const window = { kernel, stride, padding };
      const pixels = windowPlaces(height, window) * windowPlaces(width, window);
      const taps = channels * kernel * kernel;
      const pointwise = isPointwise(window);
      for (let row = 0; row < rows; row++) {
        const image = x + row * channels * height * width * F32_BYTES;
        if (!pointwise) im2col(channels, height, width, kernel, stride, padding, image, columns);
        const output = y + row * filters * pixels * F32_BYTES;
        gemmNN(filters, pixels, taps, weight, taps, pointwise ? image : columns, pixels, output, pixels, 0);
      }
    },

    // dW [filters, taps] += Σ rows dy [filters, pixels] · columnsᵀ
    conv2dBackwardWeight(rows, channels, height, width, filters, kernel, stride, padding, x, dy, sums, columns) {
      const window = { kernel, stride, padding };
      const pixels = windowPlaces(height, window) * windowPlaces(width, window);
      const taps = channels * kernel * kernel;
      const pointwise = isPointwise(window);
      for (let row = 0; row < rows; row++) {
        const image = x + row * channels * height * width * F32_BYTES;
        // Made again rather than kept from forward: reading back a batch of them costs more than making them.
        if (!pointwise) im2col(channels, height, width, kernel, stride, padding, image, columns);
        const dOutput = dy + row * filters * pixels * F32_BYTES;
        const source = pointwise ? image : columns;
        gemmNT(filters, taps, pixels, dOutput, pixels, source, pixels, sums, taps, 1);
      }
    },

    // dcolumns [taps, pixels] = Wᵀ · dy [filters, pixels]
    conv2dBackwardInput(rows, channels, height, width, filters, kernel, stride, padding, weight, dy, dx, columns) {
      const window = { kernel, stride, padding };
      const pixels = windowPlaces(height, window) * windowPlaces(width, window);
      const taps = channels * kernel * kernel;
      const pointwise = isPointwise(window);
      for (let row = 0; row < rows; row++) {
        const dOutput = dy + row * filters * pixels * F32_BYTES;
        const dImage = dx + row * channels * height * width * F32_BYTES;
        gemmTN(taps, pixels, filters, weight, taps, dOutput, pixels, pointwise ? dImage : columns, pixels, 0);
        if (!pointwise) col2im(channels, height, width, kernel, stride, padding, dImage, columns);
      }
    },
  };
}
