/** A trained model's graph: what its spec stands for on the data that it was trained on. */
import { outputWidth } from '../checks.js';
import { buildGraph, type Graph } from '../graph.js';
import type { DataShape } from '../shape.js';
import type { ResolvedEngineSpec } from '../spec.js';
import { modelOf } from './index.js';

export function graphOf({ model, loss }: ResolvedEngineSpec, shape: DataShape): Graph {
  const { inputs, tokens } = shape;
  const stack = modelOf(model).layers(model, { inputShape: [inputs], tokens, outputs: outputWidth(loss, shape) });
  return buildGraph(stack, [inputs]);
}
