/**
 * A GPT that goes on with texts token by token. What attention made of the tokens before stays in memory (the KV cache), so
 * that one more token costs one position and not a window of them. Positions are absolute: a text that fills the context
 * cannot slide, and has to be begun again with the end of it.
 */
import { openModel } from './checkpoint.js';
import type { Decoder, OpenText } from './decoder.js';
import type { KernelsFactory, Pointer } from './kernels/kernels.js';
import { link, linkBehind } from './link.js';
import { createMemory } from './memory.js';
import { graphOf } from './models/graph-of.js';
import { checkTokens } from './predict.js';
import { predictionLayout } from './prediction-layout.js';
import { emitPrediction, type Program } from './program.js';
import type { DataShape } from './shape.js';
import type { ResolvedEngineSpec } from './spec.js';

export async function createCachedDecoder(checkpoint: Uint8Array, kernels: KernelsFactory): Promise<Decoder> {
  const { spec, shape, load } = openModel(checkpoint);
  const plan = planDecoding(spec, shape, kernels.scratchBytes);
  const memory = createMemory(plan.bytes);
  const linked = await kernels.create(memory.memory, plan.scratch);
  load(plan.graph, memory, plan.parameters);

  const [none, one] = [plan.program(1, 0), plan.program(1, 1)];
  const runOne = linkBehind(none.calls, one.calls, linked);
  const { inputs: context, outputs: vocabulary } = shape;

  /** Tokens of a piece are written, computed behind those before, and the last one's answer is where this says. */
  function compute(tokens: Int32Array, before: number): Pointer {
    const single = tokens.length === 1;
    const { input, output, calls } = single ? none : plan.program(tokens.length, before);
    memory.i32.set(tokens, input / 4);
    if (single) runOne(before);
    else link(calls, linked)();
    return output + (tokens.length - 1) * vocabulary * 4;
  }

  /** What each layer keeps of a text's positions. */
  const cached = (length: number): Float32Array[] =>
    none.caches.map(({ pointer, elements }) =>
      memory.f32.subarray(pointer / 4, pointer / 4 + (length * elements) / context),
    );

  /** The text whose positions stand in memory. */
  let current: Text | null = null;

  class Text implements OpenText {
    length = 0;
    /** While another text stands in memory. */
    #saved: Float32Array[] = [];

    append(tokens: readonly number[]): Float32Array {
      if (this.length + tokens.length > context) {
        throw new RangeError(`append: expected at most ${context} tokens, got ${this.length + tokens.length}`);
      }
      const piece = Int32Array.from(tokens);
      checkTokens(piece, shape.tokens!);
      this.#enter();
      const answer = compute(piece, this.length) / 4;
      this.length += tokens.length;
      return memory.f32.subarray(answer, answer + vocabulary);
    }

    #enter(): void {
      if (current === this) return;
      current?.leave();
      for (const [index, place] of cached(this.length).entries()) place.set(this.#saved[index] ?? []);
      this.#saved = [];
      current = this;
    }

    leave(): void {
      this.#saved = cached(this.length).map((place) => place.slice());
    }
  }

  return { context, vocabulary, begin: () => new Text() };
}

/** Programs for pieces of any length, over one arena that is planned for the longest. */
function planDecoding(spec: ResolvedEngineSpec, shape: DataShape, scratchBytes: number) {
  const { inputs: context, tokens } = shape;
  const graph = graphOf(spec, shape);
  const { scratch, resident, arena } = predictionLayout(graph, scratchBytes);
  const emit = { rows: 1, resident, loss: spec.loss, tokens };
  const largest = emitPrediction(graph, { ...emit, arena, past: { positions: 0, context } });
  const program = (length: number, positions: number): Program =>
    emitPrediction(graphOf(spec, { ...shape, inputs: length }), {
      ...emit,
      arena: largest.frame,
      past: { positions, context },
    });
  return { graph, scratch, parameters: resident.parameters, bytes: largest.end, program };
}
