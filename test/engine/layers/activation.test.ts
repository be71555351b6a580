/** An activation behind a dense layer is the same function whether it is fused with the bias or a layer of its own. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { activationNames } from '../../../src/engine/layers/activation.js';
import type { LayerSpec } from '../../../src/engine/layers/index.js';
import { Draws } from '../../../src/engine/rng.js';
import { backends } from '../backends.js';
import { assertClose } from '../golden.js';
import { stackOf } from './stack.js';

const [ROWS, INPUTS, UNITS] = [6, 5, 7];

for (const kernels of backends) {
  describe(`activations on ${kernels.name}`, () => {
    for (const activation of activationNames) {
      it(`dense with ${activation} equals dense and ${activation} above it: output, and both gradients`, async () => {
        const below: LayerSpec = { type: 'dense', units: INPUTS };
        const trained = async (above: LayerSpec[]) => {
          const stack = await stackOf([below, ...above], ROWS, INPUTS, kernels);
          const draws = new Draws(6, 1);
          for (const values of [stack.x, stack.targets, ...stack.parameters.map(({ values }) => values)]) {
            for (let i = 0; i < values.length; i++) values[i] = draws.normal();
          }
          stack.loss();
          const output = stack.f32(stack.program.output, ROWS * UNITS).slice();
          return { output, gradients: stack.parameters.map(({ gradient }) => gradient.slice()) };
        };
        const fused = await trained([{ type: 'dense', units: UNITS, activation }]);
        const apart = await trained([{ type: 'dense', units: UNITS }, { type: activation }]);
        assertClose(fused.output, apart.output, 'output');
        assert.equal(fused.gradients.length, 4);
        fused.gradients.forEach((gradient, index) => {
          assertClose(gradient, apart.gradients[index]!, `gradient ${index}`);
        });
      });
    }
  });
}
