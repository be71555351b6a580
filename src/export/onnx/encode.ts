/**
 * ONNX's container: the messages of its protocol buffers that a model written here is made of. Names are those of the
 * specification (https://onnx.ai/onnx/repo-docs/IR.html; ONNX is Apache-2.0), and so are the numbers, by which alone the
 * fields stand in a file.
 */
import protobuf from 'protobufjs/light.js';

const one = (type: string, id: number) => ({ type, id });
const many = (type: string, id: number) => ({ rule: 'repeated', type, id });

const messages = {
  Model: {
    irVersion: one('int64', 1),
    producerName: one('string', 2),
    graph: one('Graph', 7),
    opsetImport: many('OperatorSet', 8),
    metadataProps: many('Entry', 14),
  },
  OperatorSet: { domain: one('string', 1), version: one('int64', 2) },
  Entry: { key: one('string', 1), value: one('string', 2) },
  Graph: {
    node: many('Node', 1),
    name: one('string', 2),
    initializer: many('Tensor', 5),
    input: many('ValueInfo', 11),
    output: many('ValueInfo', 12),
  },
  Node: {
    input: many('string', 1),
    output: many('string', 2),
    opType: one('string', 4),
    attribute: many('Attribute', 5),
    domain: one('string', 7),
  },
  Attribute: {
    name: one('string', 1),
    f: one('float', 2),
    i: one('int64', 3),
    ints: many('int64', 8),
    strings: many('string', 9),
    type: one('int32', 20),
  },
  Tensor: {
    dims: many('int64', 1),
    dataType: one('int32', 2),
    stringData: many('string', 6),
    name: one('string', 8),
    rawData: one('bytes', 9),
  },
  ValueInfo: { name: one('string', 1), type: one('Type', 2) },
  Type: { tensorType: one('TensorType', 1) },
  TensorType: { elemType: one('int32', 1), shape: one('Shape', 2) },
  Shape: { dim: many('Dimension', 1) },
  Dimension: { dimValue: one('int64', 1), dimParam: one('string', 2) },
};

const Model = protobuf.Root.fromJSON({
  nested: Object.fromEntries(Object.entries(messages).map(([name, fields]) => [name, { fields }])),
}).lookupType('Model');

/** Element types, by their numbers in the format. */
export const elementTypes = { float: 1, uint8: 2, int64: 7, string: 8, bool: 9, double: 11 } as const;
export type ElementType = keyof typeof elementTypes;

/** Kinds of attributes, by their numbers in the format. */
export const attributeTypes = { f: 1, i: 2, ints: 7, strings: 8 } as const;

export interface OnnxTensor {
  name: string;
  dims: readonly number[];
  dataType: number;
  rawData?: Uint8Array;
  stringData?: readonly string[];
}

export interface OnnxNode {
  opType: string;
  domain: string;
  input: readonly string[];
  output: readonly string[];
  attribute: readonly object[];
}

export interface OnnxValueInfo {
  name: string;
  type: { tensorType: { elemType: number; shape: { dim: ({ dimValue: number } | { dimParam: string })[] } } };
}

export interface OnnxModel {
  irVersion: number;
  producerName: string;
  opsetImport: readonly { domain: string; version: number }[];
  metadataProps: readonly { key: string; value: string }[];
  graph: {
    name: string;
    node: readonly OnnxNode[];
    initializer: readonly OnnxTensor[];
    input: readonly OnnxValueInfo[];
    output: readonly OnnxValueInfo[];
  };
}

export const encodeOnnx = (model: OnnxModel): Uint8Array => Model.encode(model).finish();
