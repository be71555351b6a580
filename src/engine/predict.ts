/** A checkpoint's model, ready to answer: memory and programs for prediction alone, of which batches of any size are cut. */

import { openModel } from './checkpoint.js';
import { outputWidth } from './checks.js';
import { EngineError } from './errors.js';
import type { Graph } from './graph.js';
import type { KernelsFactory, Pointer } from './kernels/kernels.js';
import { link } from './link.js';
import { createMemory } from './memory.js';
import { graphOf } from './models/graph-of.js';
import { predictionLayout } from './prediction-layout.js';
import { emitPrediction, type Program } from './program.js';
import { type DataShape, positionsPerRow, type TokenShape, targetsPerRow } from './shape.js';
import type { ResolvedEngineSpec } from './spec.js';
import { cutCalls } from './threads/cut.js';

export interface Predictor {
  readonly spec: ResolvedEngineSpec;
  readonly shape: DataShape;
  /** What the caller of the trainer had put into the checkpoint. */
  readonly metadata: Readonly<Record<string, string>>;
  /**
   * x is [rows, inputs]. Classification: probabilities [rows, classes], of each position [rows, inputs, classes] where each
   * is a target; throws `invalid_data` for a token beyond the vocabulary. Regression: values [rows, outputs] as they were
   * trained on, that is scaled where the targets were.
   */
  predict(x: Float32Array | Int32Array, rows: number): Float32Array;
}

/**
 * Rows are answered `maxPositions` at once, or as many as have that many tokens in all. Throws `invalid_safetensors` or
 * `checkpoint_mismatch` where the bytes are no checkpoint of this engine.
 */
export async function createPredictor(
  checkpoint: Uint8Array,
  kernels: KernelsFactory,
  maxPositions = 1024,
): Promise<Predictor> {
  const { spec, shape, metadata, load } = openModel(checkpoint);
  const maxRows = Math.max(1, Math.floor(maxPositions / positionsPerRow(shape)));
  const plan = planPrediction(spec, shape, { maxRows, scratchBytes: kernels.scratchBytes });
  const memory = createMemory(plan.bytes);
  const linkedKernels = await kernels.create(memory.memory, plan.scratch);
  load(plan.graph, memory, plan.parameters);

  const programs = new Map<number, { input: number; output: number; run: () => void }>();
  const programFor = (rows: number) => {
    const known = programs.get(rows);
    if (known !== undefined) return known;
    const { input, output, calls } = plan.program(rows);
    const program = { input, output, run: link(cutCalls(calls), linkedKernels) };
    programs.set(rows, program);
    return program;
  };

  const { inputs, outputs, tokens } = shape;
  const perRow = targetsPerRow(shape);
  const inputView = tokens === undefined ? memory.f32 : memory.i32;
  return {
    spec,
    shape,
    metadata,
    predict(x, rows) {
      if (x.length !== rows * inputs) {
        const [expected, got] = [rows * inputs, x.length];
        throw new EngineError('invalid_data', `predict: ${rows} rows take ${expected} values, got ${got}`, {
          expected,
          got,
        });
      }
      if (tokens !== undefined) checkTokens(x, tokens);
      const answers = new Float32Array(rows * perRow * outputs);
      for (let done = 0; done < rows; done += maxRows) {
        const batchRows = Math.min(maxRows, rows - done);
        const { input, output, run } = programFor(batchRows);
        inputView.set(x.subarray(done * inputs, (done + batchRows) * inputs), input / 4);
        run();
        const values = memory.f32.subarray(output / 4, output / 4 + batchRows * perRow * plan.width);
        if (plan.width === outputs) answers.set(values, done * perRow * outputs);
        else for (const [row, value] of values.entries()) answers.set(plan.ofTwo(value), (done + row) * 2);
      }
      return answers;
    },
  };
}

/** The memory holds whatever is written; a token that is none would be read from outside of the embedding. */
export function checkTokens(x: Float32Array | Int32Array, { vocabulary }: TokenShape): void {
  const index = x.findIndex((token: number) => !(Number.isInteger(token) && token >= 0 && token < vocabulary));
  if (index < 0) return;
  const [expected, got] = [`a token from 0 to ${vocabulary - 1}`, x[index]];
  throw new EngineError('invalid_data', `predict: input ${index}: expected ${expected}, got ${got}`, { expected, got });
}

/** What predict needs: parameters and programs alone, for batches of up to `maxRows`. */
interface PredictionPlan {
  readonly graph: Graph;
  readonly width: number;
  /** Of a model of one value: the probabilities of both classes, the lesser one as exact as the greater. */
  ofTwo(value: number): [number, number];
  readonly bytes: number;
  readonly scratch: Pointer;
  readonly parameters: Pointer;
  /** A program for a batch; cheap, and for no more than `maxRows` rows. */
  program(rows: number): Program;
}

function planPrediction(
  spec: ResolvedEngineSpec,
  shape: DataShape,
  { maxRows, scratchBytes }: { maxRows: number; scratchBytes: number },
): PredictionPlan {
  const width = outputWidth(spec.loss, shape);
  const { tokens } = shape;
  const graph = graphOf(spec, shape);
  const { scratch, resident, arena } = predictionLayout(graph, scratchBytes);
  const emit = { resident, loss: spec.loss, tokens };
  const isLogit = spec.loss.type === 'binaryCrossEntropy' && spec.loss.fromLogits;
  const largest = emitPrediction(graph, { ...emit, rows: maxRows, arena }, !isLogit);
  const program = (rows: number) => emitPrediction(graph, { ...emit, rows, arena: largest.frame }, !isLogit);
  const ofTwo = (value: number): [number, number] =>
    isLogit ? [1 / (1 + Math.exp(value)), 1 / (1 + Math.exp(-value))] : [1 - value, value];
  return { graph, width, ofTwo, bytes: largest.end, scratch, parameters: resident.parameters, program };
}
