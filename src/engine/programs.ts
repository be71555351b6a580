/**
 * The programs of a run, one for each size of batch that it meets. A plan emits the two largest, whose bytes bound all; the
 * others lie in the same places, and are emitted only where a run begins.
 */
import type { Addresses, Reservation } from './addresses.js';
import type { Pointer } from './kernels/kernels.js';
import { countFlops, emitEvaluation, emitTraining, type Program, type ProgramOptions } from './program.js';
import type { StepCounts } from './step-counts.js';

/** By the rows of their batch, all in one arena. */
export interface Programs {
  /** The first batch of an update. */
  readonly first: ReadonlyMap<number, Program>;
  /** Those after it; empty where an update is one batch. */
  readonly further: ReadonlyMap<number, Program>;
  readonly evaluation: ReadonlyMap<number, Program>;
}

/** What is known of the programs before they all are emitted. */
export interface ProgramBounds {
  /** The largest that trains and the largest that evaluates. */
  readonly largest: readonly Program[];
  readonly flopsPerStep: number;
  emitAll(): Programs;
}

export function boundPrograms(
  plan: Reservation & { steps: StepCounts; arena: Pointer; addresses: Addresses },
): ProgramBounds {
  const { graph, spec, shape, steps, evaluationRows, arena, addresses } = plan;
  const { batchRows, lastBatchRows, batchesPerStep } = steps;
  const data = { loss: spec.loss, tokens: shape.tokens };
  const train = (options: Pick<ProgramOptions, 'rows' | 'arena'> & { accumulate: 0 | 1 }) =>
    emitTraining(graph, { ...data, ...options, resident: addresses });
  const measured = { ...addresses, parameters: addresses.model };
  const evaluate = (options: Pick<ProgramOptions, 'rows' | 'arena'>) =>
    emitEvaluation(graph, { ...data, ...options, resident: measured });

  // The last batch is the larger one where it takes in rows that would be too few alone.
  const trainingRows = Math.max(batchRows, lastBatchRows);
  const training = train({ rows: trainingRows, arena, accumulate: 0 });
  const evaluation = evaluate({ rows: evaluationRows, arena });
  return {
    largest: [training, evaluation],
    flopsPerStep: (countFlops(training.calls) / trainingRows) * batchRows * batchesPerStep,
    emitAll() {
      const trainAll = (accumulate: 0 | 1) =>
        programsFor([batchRows, lastBatchRows], (rows) => train({ rows, arena: training.frame, accumulate }));
      const splits = Object.values(shape.rows).flatMap((rows) => [
        Math.min(rows, evaluationRows),
        rows % evaluationRows,
      ]);
      return {
        first: trainAll(0),
        further: batchesPerStep > 1 ? trainAll(1) : new Map<number, Program>(),
        evaluation: programsFor(splits, (rows) => evaluate({ rows, arena: evaluation.frame })),
      };
    },
  };
}

/** One for each size but 0. */
const programsFor = (sizes: readonly number[], emit: (rows: number) => Program): Map<number, Program> =>
  new Map([...new Set(sizes)].filter((rows) => rows > 0).map((rows) => [rows, emit(rows)]));
