/** A graph of ONNX operators as it is written: each call adds a node, a constant, an input or an output. */
import {
  attributeTypes,
  type ElementType,
  elementTypes,
  encodeOnnx,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValueInfo,
} from './encode.js';

/** Name of a tensor that flows through the graph. */
export type Value = string;
/** A name stands for a size that each run may choose. */
type Dims = readonly (number | string)[];
export type Attribute = { f: number } | { i: number } | { ints: readonly number[] } | { strings: readonly string[] };

/** LayerNormalization is of 17; runtimes have read it since ONNX 1.12. */
const opset = 17;
const irVersion = 8;
/** The operators of classical models, which look values up; version 3 is that of ONNX 1.12. */
export const lookups = { domain: 'ai.onnx.ml', version: 3 } as const;

export class OnnxGraph {
  readonly #nodes: OnnxNode[] = [];
  readonly #constants: OnnxTensor[] = [];
  readonly #inputs: OnnxValueInfo[] = [];
  readonly #outputs: OnnxValueInfo[] = [];
  readonly #names = new Set<string>();
  readonly #parameters = new Map<string, Value>();

  /** Inputs come first: they have exactly these names, and whatever else would has another. */
  input(name: string, type: ElementType, dims: Dims): Value {
    this.#names.add(name);
    this.#inputs.push(valueInfo(name, type, dims));
    return name;
  }

  output(name: string, value: Value, { type, dims }: { type: ElementType; dims: Dims }): void {
    const output = this.#free(name);
    this.#nodes.push({ opType: 'Identity', domain: '', input: [value], output: [output], attribute: [] });
    this.#outputs.push(valueInfo(output, type, dims));
  }

  /** The operator's first output. */
  node(opType: string, inputs: readonly Value[], attributes: Record<string, Attribute> = {}, domain = ''): Value {
    const output = this.#free(opType);
    const attribute = Object.entries(attributes).map(([name, value]) => {
      const [kind] = Object.keys(value) as (keyof typeof attributeTypes)[];
      return { name, type: attributeTypes[kind!], ...value };
    });
    this.#nodes.push({ opType, domain, input: inputs, output: [output], attribute });
    return output;
  }

  cast(value: Value, to: ElementType): Value {
    return this.node('Cast', [value], { to: { i: elementTypes[to] } });
  }

  floats(values: readonly number[] | Float32Array, dims: readonly number[] = [values.length]): Value {
    return this.#constant('float', dims, Float32Array.from(values));
  }

  float(value: number): Value {
    return this.floats([value], []);
  }

  double(value: number): Value {
    return this.#constant('double', [], Float64Array.of(value));
  }

  ints(values: readonly number[], dims: readonly number[] = [values.length]): Value {
    return this.#constant('int64', dims, BigInt64Array.from(values, BigInt));
  }

  int(value: number): Value {
    return this.ints([value], []);
  }

  strings(values: readonly string[]): Value {
    const name = this.#free('strings');
    this.#constants.push({ name, dims: [values.length], dataType: elementTypes.string, stringData: values });
    return name;
  }

  /** A parameter of the model, once however many layers use it. */
  parameter(fullName: string, shape: readonly number[], values: () => Float32Array): Value {
    const known = this.#parameters.get(fullName);
    if (known !== undefined) return known;
    const name = this.#constant('float', shape, values(), fullName);
    this.#parameters.set(fullName, name);
    return name;
  }

  /** The model's file. */
  encode(name: string, metadata: Readonly<Record<string, string>>): Uint8Array {
    return encodeOnnx({
      irVersion,
      producerName: 'trainyard',
      opsetImport: [{ domain: '', version: opset }, lookups],
      metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
      graph: {
        name,
        node: this.#nodes,
        initializer: this.#constants,
        input: this.#inputs,
        output: this.#outputs,
      },
    });
  }

  #constant(
    type: ElementType,
    dims: readonly number[],
    data: Float32Array | Float64Array | BigInt64Array,
    wanted: string = type,
  ): Value {
    const name = this.#free(wanted);
    const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.#constants.push({ name, dims, dataType: elementTypes[type], rawData });
    return name;
  }

  /** `wanted`, or with a number behind it where that is taken: columns may be named anything. */
  #free(wanted: string): string {
    let name = wanted;
    for (let number = 1; this.#names.has(name); number++) name = `${wanted}_${number}`;
    this.#names.add(name);
    return name;
  }
}

const valueInfo = (name: string, type: ElementType, dims: Dims): OnnxValueInfo => ({
  name,
  type: {
    tensorType: {
      elemType: elementTypes[type],
      shape: { dim: dims.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size })) },
    },
  },
});
