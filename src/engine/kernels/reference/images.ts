/** The kernels of ../image-kernels.ts as plain loops over their formulas, in float64, rounded once when stored. */
import type { EngineMemory } from '../../memory.js';
import type { ChannelBias, ImageKernels } from '../image-kernels.js';
import { type Window, windowPlaces } from '../window.js';

/** Visits each element that a window at each of its places holds: indices within the output plane, the window, the plane. */
function eachTap(
  [height, width]: readonly [number, number],
  window: Window,
  visit: (output: number, tap: number, element: number) => void,
): void {
  const { kernel, stride, padding } = window;
  const [outHeight, outWidth] = [windowPlaces(height, window), windowPlaces(width, window)];
  for (let u = 0; u < outHeight; u++) {
    for (let v = 0; v < outWidth; v++) {
      for (let i = 0; i < kernel; i++) {
        for (let j = 0; j < kernel; j++) {
          const [row, column] = [u * stride + i - padding, v * stride + j - padding];
          if (row < 0 || row >= height || column < 0 || column >= width) continue;
          visit(u * outWidth + v, i * kernel + j, row * width + column);
        }
      }
    }
  }
}

export function imageKernels({ f32, i32 }: Pick<EngineMemory, 'f32' | 'i32'>): ImageKernels {
  const channelMap =
    (f: (x: number) => number): ChannelBias =>
    (rows, channels, pixels, x, bias, y) => {
      for (let plane = 0; plane < rows * channels; plane++) {
        const shift = f32[(bias >>> 2) + (plane % channels)]!;
        for (let p = 0; p < pixels; p++) {
          const at = plane * pixels + p;
          f32[(y >>> 2) + at] = f(f32[(x >>> 2) + at]! + shift);
        }
      }
    };

  /** Sums in float64, kept until all is added. */
  const accumulate = (elements: number, out: number, fill: (sums: Float64Array) => void) => {
    const sums = new Float64Array(elements);
    fill(sums);
    f32.set(sums, out >>> 2);
  };

  return {
    im2col(channels, height, width, kernel, stride, padding, image, columns) {
      const window = { kernel, stride, padding };
      const pixels = windowPlaces(height, window) * windowPlaces(width, window);
      const taps = kernel * kernel;
      f32.fill(0, columns >>> 2, (columns >>> 2) + channels * taps * pixels);
      for (let c = 0; c < channels; c++) {
        eachTap([height, width], window, (output, tap, element) => {
          f32[(columns >>> 2) + (c * taps + tap) * pixels + output] =
            f32[(image >>> 2) + c * height * width + element]!;
        });
      }
    },

    col2im(channels, height, width, kernel, stride, padding, image, columns) {
      const window = { kernel, stride, padding };
      const pixels = windowPlaces(height, window) * windowPlaces(width, window);
      const taps = kernel * kernel;
      accumulate(channels * height * width, image, (sums) => {
        for (let c = 0; c < channels; c++) {
          eachTap([height, width], window, (output, tap, element) => {
            sums[c * height * width + element]! += f32[(columns >>> 2) + (c * taps + tap) * pixels + output]!;
          });
        }
      });
    },

    channelBias: channelMap((x) => x),
    channelBiasRelu: channelMap((x) => Math.max(x, 0)),

    channelSums(rows, channels, pixels, x, out) {
      for (let c = 0; c < channels; c++) {
        let sum = f32[(out >>> 2) + c]!;
        for (let r = 0; r < rows; r++) {
          for (let p = 0; p < pixels; p++) sum += f32[(x >>> 2) + (r * channels + c) * pixels + p]!;
        }
        f32[(out >>> 2) + c] = sum;
      }
    },

    maxPool2d(planes, height, width, kernel, stride, padding, x, y, argmax) {
      const window = { kernel, stride, padding };
      const pixels = windowPlaces(height, window) * windowPlaces(width, window);
      f32.fill(Number.NEGATIVE_INFINITY, y >>> 2, (y >>> 2) + planes * pixels);
      i32.fill(-1, argmax >>> 2, (argmax >>> 2) + planes * pixels);
      for (let plane = 0; plane < planes; plane++) {
        eachTap([height, width], window, (output, _, element) => {
          const value = f32[(x >>> 2) + plane * height * width + element]!;
          const at = plane * pixels + output;
          const first = i32[(argmax >>> 2) + at] === -1;
          if (!first && !(value > f32[(y >>> 2) + at]!) && !Number.isNaN(value)) return;
          f32[(y >>> 2) + at] = value;
          i32[(argmax >>> 2) + at] = element;
        });
      }
    },

    // dx[argmax] += dy
    maxPool2dBackward(planes, inputPixels, outputPixels, dy, argmax, dx) {
      accumulate(planes * inputPixels, dx, (sums) => {
        for (let at = 0; at < planes * outputPixels; at++) {
          const plane = Math.floor(at / outputPixels);
          sums[plane * inputPixels + i32[(argmax >>> 2) + at]!]! += f32[(dy >>> 2) + at]!;
        }
      });
    },

    avgPool2d(planes, height, width, kernel, stride, x, y) {
      const window = { kernel, stride, padding: 0 };
      const pixels = windowPlaces(height, window) * windowPlaces(width, window);
      accumulate(planes * pixels, y, (sums) => {
        for (let plane = 0; plane < planes; plane++) {
          eachTap([height, width], window, (output, _, element) => {
            sums[plane * pixels + output]! += f32[(x >>> 2) + plane * height * width + element]! / kernel ** 2;
          });
        }
      });
    },

    // dx[window] += dy / kernel²
    avgPool2dBackward(planes, height, width, kernel, stride, dy, dx) {
      const window = { kernel, stride, padding: 0 };
      const pixels = windowPlaces(height, window) * windowPlaces(width, window);
      accumulate(planes * height * width, dx, (sums) => {
        for (let plane = 0; plane < planes; plane++) {
          eachTap([height, width], window, (output, _, element) => {
            sums[plane * height * width + element]! += f32[(dy >>> 2) + plane * pixels + output]! / kernel ** 2;
          });
        }
      });
    },

    conv2d(rows, channels, height, width, filters, kernel, stride, padding, x, weight, y) {
      const window = { kernel, stride, padding };
      const pixels = windowPlaces(height, window) * windowPlaces(width, window);
      const taps = kernel * kernel;
      accumulate(rows * filters * pixels, y, (sums) => {
        for (let plane = 0; plane < rows * filters; plane++) {
          const [row, filter] = [Math.floor(plane / filters), plane % filters];
          for (let c = 0; c < channels; c++) {
            const image = (x >>> 2) + (row * channels + c) * height * width;
            const weights = (weight >>> 2) + (filter * channels + c) * taps;
            eachTap([height, width], window, (output, tap, element) => {
              sums[plane * pixels + output]! += f32[weights + tap]! * f32[image + element]!;
            });
          }
        }
      });
    },

    // dW[f,c,i,j] += Σ rows dy[f,u,v] x[c, …]
    conv2dBackwardWeight(rows, channels, height, width, filters, kernel, stride, padding, x, dy, out) {
      const window = { kernel, stride, padding };
      const pixels = windowPlaces(height, window) * windowPlaces(width, window);
      const taps = kernel * kernel;
      accumulate(filters * channels * taps, out, (sums) => {
        sums.set(f32.subarray(out >>> 2, (out >>> 2) + sums.length));
        for (let plane = 0; plane < rows * filters; plane++) {
          const [row, filter] = [Math.floor(plane / filters), plane % filters];
          for (let c = 0; c < channels; c++) {
            const image = (x >>> 2) + (row * channels + c) * height * width;
            eachTap([height, width], window, (output, tap, element) => {
              const gradient = f32[(dy >>> 2) + plane * pixels + output]!;
              sums[(filter * channels + c) * taps + tap]! += gradient * f32[image + element]!;
            });
          }
        }
      });
    },

    // dx[c, …] = Σ W[f,c,i,j] dy[f,u,v]
    conv2dBackwardInput(rows, channels, height, width, filters, kernel, stride, padding, weight, dy, dx) {
      const window = { kernel, stride, padding };
      const pixels = windowPlaces(height, window) * windowPlaces(width, window);
      const taps = kernel * kernel;
      accumulate(rows * channels * height * width, dx, (sums) => {
        for (let plane = 0; plane < rows * filters; plane++) {
          const [row, filter] = [Math.floor(plane / filters), plane % filters];
          for (let c = 0; c < channels; c++) {
            const image = (row * channels + c) * height * width;
            const weights = (weight >>> 2) + (filter * channels + c) * taps;
            eachTap([height, width], window, (output, tap, element) => {
              sums[image + element]! += f32[weights + tap]! * f32[(dy >>> 2) + plane * pixels + output]!;
            });
          }
        }
      });
    },
  };
}
