/** A trained model as an ONNX file: what it takes, its layers, what it answers. */
import { cardOf, type Preparation } from '../../data/preparation.js';
import { type CheckpointModel, fillDefaults, graphOf, LayerSpec, type Parameter } from '../../engine/index.js';
import { OnnxGraph, type Value } from './graph.js';
import { writeInputs } from './inputs.js';
import { writeLayer } from './layers/index.js';
import type { ResolvedLayer } from './layers/layer.js';
import { writeAnswer } from './outputs.js';

export interface OnnxRequest {
  preparation: Preparation;
  /** false: it takes the prepared inputs as one float matrix. */
  prepares: boolean;
}

/** Throws DataError `inexpressible` where it is to prepare a column that ONNX cannot. */
export function writeOnnx(model: CheckpointModel, { preparation, prepares }: OnnxRequest): Uint8Array {
  const { spec, shape } = model;
  const graph = new OnnxGraph();
  // Of a stack of any layers, one may need every position.
  const time = spec.model.type === 'sequential' ? shape.inputs : 'time';
  const { x, mask } = writeInputs(graph, { preparation, prepares, shape, time });
  const y = graphOf(spec, shape).layers.reduce((value, { spec: layer, parameters }) => {
    const byName = new Map(parameters.map((parameter) => [parameter.name, parameter]));
    const parameter = (name: string) => {
      const found = byName.get(name);
      return found && { value: writeParameter(graph, model, found), shape: found.shape };
    };
    return writeLayer(fillDefaults(LayerSpec, layer) as ResolvedLayer, { graph, mask, parameter }, value);
  }, x);
  if (preparation.kind === 'stream') {
    graph.output('logits', y, { type: 'float', dims: ['rows', time, shape.outputs] });
  } else {
    writeAnswer(graph, spec.loss, { target: preparation.target, y });
  }
  return graph.encode(spec.model.type, { task: cardOf(preparation).task });
}

const writeParameter = (graph: OnnxGraph, model: CheckpointModel, parameter: Parameter): Value =>
  graph.parameter(parameter.fullName, parameter.shape, () => model.values(parameter));
