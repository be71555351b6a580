/** tfjs-backend-wasm as a contender: an MLP, since its backend has no gradient of a convolution's filter. */
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { type Contender, secondsOf } from '../harness.js';

export const tfjsVersion = tf.version.tfjs;

export async function startTfjs(): Promise<void> {
  setWasmPaths(fileURLToPath(new URL('.', import.meta.resolve('@tensorflow/tfjs-backend-wasm'))));
  setThreadsCount(1);
  await tf.setBackend('wasm');
}

const BATCHES = 16;

export function tfjsMlp(options: { widths: readonly number[]; dropout: number; batchSize: number }): Contender {
  const { widths, dropout, batchSize } = options;
  const [inputs, outputs] = [widths[0]!, widths.at(-1)!];
  const data = tf.randomNormal([BATCHES * batchSize, inputs]);
  const targets = tf.tidy(() => {
    const classes = Int32Array.from({ length: BATCHES * batchSize }, (_, row) => row % outputs);
    return tf.oneHot(tf.tensor1d(classes, 'int32'), outputs).toFloat();
  });
  const layers = widths.slice(1).map((units, index) => ({
    weight: tf.variable(tf.randomNormal([widths[index]!, units], 0, Math.sqrt(2 / widths[index]!))),
    bias: tf.variable(tf.zeros([units])),
  }));
  const optimizer = tf.train.adam(0.001);
  const loss = (start: number) => {
    let value: tf.Tensor = tf.slice(data, [start, 0], [batchSize, -1]);
    layers.forEach(({ weight, bias }, index) => {
      value = value.matMul(weight).add(bias);
      if (index === layers.length - 1) return;
      value = value.relu();
      if (dropout > 0) value = tf.dropout(value, dropout);
    });
    return tf.losses.softmaxCrossEntropy(tf.slice(targets, [start, 0], [batchSize, -1]), value).asScalar();
  };
  let done = 0;
  return {
    run: (steps) =>
      secondsOf(() => {
        for (let step = 0; step < steps; step++) {
          const start = (done++ % BATCHES) * batchSize;
          optimizer.minimize(() => loss(start));
        }
      }),
  };
}
