/** A model's stack and graph: what its spec stands for on the data that it is trained on. */
import { outputWidth } from '../checks.js';
import { buildGraph, type Graph, outputShapeOf } from '../graph.js';
import type { DataShape, Shape } from '../shape.js';
import type { ResolvedEngineSpec } from '../spec.js';
import { modelOf } from './index.js';
import type { NamedLayer } from './model.js';

/** The model's layers, above the one that makes vectors of codes where inputs are such. */
export function stackOf({ model, loss }: ResolvedEngineSpec, shape: DataShape): readonly NamedLayer[] {
  const { inputs, tokens, embedded } = shape;
  const below: NamedLayer[] =
    embedded === undefined
      ? []
      : [
          {
            name: 'categories',
            path: '/dataset/categories',
            spec: { type: 'columnEmbedding', columns: [...embedded] },
          },
        ];
  const inputShape = below.reduce((rows: Shape, layer) => outputShapeOf(layer, rows), [inputs]);
  return [...below, ...modelOf(model).layers(model, { inputShape, tokens, outputs: outputWidth(loss, shape) })];
}

export const graphOf = (spec: ResolvedEngineSpec, shape: DataShape): Graph =>
  buildGraph(stackOf(spec, shape), [shape.inputs]);
