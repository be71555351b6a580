/** What an exported model takes, by what it was trained on. */
import type { ImagesPreparation } from '../../data/images/images.js';
import type { Preparation } from '../../data/preparation.js';
import type { DataShape } from '../../engine/index.js';
import { writeColumns } from './features.js';
import type { OnnxGraph, Value } from './graph.js';

export interface Inputs {
  /** float [rows, inputs], or the tokens, int64 [rows, time]. */
  x: Value;
  /** bool [rows, time]: false where there is padding; null where rows are no tokens. */
  mask: Value | null;
}

export interface InputsRequest {
  preparation: Preparation;
  /** Whether the graph prepares its inputs itself. Texts never: their tokenizer stands beside the file. */
  prepares: boolean;
  shape: DataShape;
  /** Tokens of a row, or a name where rows may be shorter than the context. */
  time: number | string;
}

export function writeInputs(graph: OnnxGraph, { preparation, prepares, shape, time }: InputsRequest): Inputs {
  if (shape.tokens !== undefined) {
    const x = graph.input('input_ids', 'int64', ['rows', time]);
    const mask = graph.input('attention_mask', 'int64', ['rows', time]);
    return { x, mask: graph.cast(mask, 'bool') };
  }
  if (prepares && preparation.kind === 'columns') return { x: writeColumns(graph, preparation), mask: null };
  if (prepares && preparation.kind === 'images') return { x: writeImages(graph, preparation), mask: null };
  return { x: graph.input('inputs', 'float', ['rows', shape.inputs]), mask: null };
}

/** Levels from 0 to 255 → (level / 255 − mean) / deviation, one row of pixels an image. */
function writeImages(graph: OnnxGraph, { shape, mean, deviation }: ImagesPreparation): Value {
  const levels = graph.cast(graph.input('image', 'uint8', ['rows', ...shape]), 'double');
  const unit = graph.node('Div', [levels, graph.double(255)]);
  const scaled = graph.node('Div', [graph.node('Sub', [unit, graph.double(mean)]), graph.double(deviation)]);
  return graph.node('Flatten', [graph.cast(scaled, 'float')], { axis: { i: 1 } });
}
