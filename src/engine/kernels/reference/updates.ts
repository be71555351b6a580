/** The updates of ../update-kernels.ts as plain loops in float64, rounded once when stored. */
import type { EngineMemory } from '../../memory.js';
import type { UpdateKernels } from '../update-kernels.js';

export function updateKernels({ f32 }: EngineMemory): UpdateKernels {
  return {
    clamp(n, x, limit) {
      for (let i = 0; i < n; i++) f32[(x >>> 2) + i] = Math.max(-limit, Math.min(limit, f32[(x >>> 2) + i]!));
    },

    adamw(n, w, g, m, v, hyper, beta1, beta2, epsilon) {
      const [stepSize, invRootCorrection2, decay] = f32.subarray(hyper >>> 2, (hyper >>> 2) + 3);
      for (let i = 0; i < n; i++) {
        const gradient = f32[(g >>> 2) + i]!;
        const mean = beta1 * f32[(m >>> 2) + i]! + (1 - beta1) * gradient;
        const square = beta2 * f32[(v >>> 2) + i]! + (1 - beta2) * gradient * gradient;
        f32[(m >>> 2) + i] = mean;
        f32[(v >>> 2) + i] = square;
        const weight = f32[(w >>> 2) + i]!;
        const step = (stepSize! * mean) / (Math.sqrt(square) * invRootCorrection2! + epsilon);
        f32[(w >>> 2) + i] = weight - decay! * weight - step;
      }
    },

    adagrad(n, w, g, s, learningRate, epsilon) {
      const rate = f32[learningRate >>> 2]!;
      for (let i = 0; i < n; i++) {
        const gradient = f32[(g >>> 2) + i]!;
        const sum = f32[(s >>> 2) + i]! + gradient * gradient;
        f32[(s >>> 2) + i] = sum;
        f32[(w >>> 2) + i]! -= (rate * gradient) / (Math.sqrt(sum) + epsilon);
      }
    },

    rmsprop(n, w, g, s, mean, velocity, learningRate, decay, momentum, epsilon) {
      const rate = f32[learningRate >>> 2]!;
      for (let i = 0; i < n; i++) {
        const gradient = f32[(g >>> 2) + i]!;
        const square = decay * f32[(s >>> 2) + i]! + (1 - decay) * gradient * gradient;
        f32[(s >>> 2) + i] = square;
        let variance = square;
        if (mean !== 0) {
          const center = decay * f32[(mean >>> 2) + i]! + (1 - decay) * gradient;
          f32[(mean >>> 2) + i] = center;
          variance = Math.max(square - center * center, 0);
        }
        let direction = gradient / (Math.sqrt(variance) + epsilon);
        if (velocity !== 0) {
          direction += momentum * f32[(velocity >>> 2) + i]!;
          f32[(velocity >>> 2) + i] = direction;
        }
        f32[(w >>> 2) + i]! -= rate * direction;
      }
    },

    movingAverage(n, w, average, decay) {
      for (let i = 0; i < n; i++) {
        f32[(average >>> 2) + i] = decay * f32[(average >>> 2) + i]! + (1 - decay) * f32[(w >>> 2) + i]!;
      }
    },
  };
}
