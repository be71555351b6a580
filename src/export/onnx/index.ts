/** A trained model as an ONNX file: what it takes, its layers, what it answers. */
import { DataError } from '../../data/errors.js';
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

/** What a protocol buffer can hold; the nodes beside the weights are some kilobytes. */
const mostBytes = 2 ** 31 - 2 ** 20;

/** Throws DataError `inexpressible` where it is to prepare a column that ONNX cannot, or has more weights than a file of ONNX. */
export function writeOnnx(model: CheckpointModel, { preparation, prepares }: OnnxRequest): Uint8Array {
  const { spec, shape } = model;
  const { layers, elements } = graphOf(spec, shape);
  checkSize(elements * Float32Array.BYTES_PER_ELEMENT);
  const graph = new OnnxGraph();
  // Of a stack of any layers, one may need every position.
  const time = spec.model.type === 'sequential' ? shape.inputs : 'time';
  const { x, mask } = writeInputs(graph, { preparation, prepares, shape, time });
  const y = layers.reduce((value, { spec: layer, parameters }) => {
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

function checkSize(got: number): void {
  if (got <= mostBytes) return;
  const expected = `at most ${mostBytes} bytes of weights`;
  throw new DataError('inexpressible', `ONNX: expected ${expected}, got ${got}`, {
    ...{ path: '/query/format', expected, got },
    hint: 'export as safetensors',
  });
}
