/** What is known of a run that ended in a value that is not finite, or in a loss that leapt: beside the place, what led there. */
import { EngineError } from './errors.js';
import type { Plan } from './plan.js';
import { stepRange } from './step-counts.js';
import { orderLength, StepOrder } from './step-order.js';

/** Steps whose gradient norms are kept. */
const normsKept = 8;
/** Rows that are named. */
const mostRows = 256;

export interface StepNorm {
  readonly step: number;
  readonly value: number;
}

export interface PostMortem {
  readonly step: number;
  readonly layer: string | null;
  readonly tensor: string | null;
  /** What stands there; of a leap, the loss. */
  readonly value: number | null;
  /** The step's rows, in its order: places in the training split, the first `mostRows`. Of a text, its tokens where windows begin. */
  readonly rows: readonly number[];
  /** How many rows the step had; 0 where it was the start. */
  readonly rowCount: number;
  /** Of the steps before, the latest last. */
  readonly gradientNorms: readonly StepNorm[];
  readonly rollbacks: number;
}

/** The same error with all of it; `at.step` is how many the run has made, with the one that went wrong. */
export function withPostMortem(
  { code, message, details }: EngineError,
  plan: Plan,
  at: Pick<PostMortem, 'step' | 'gradientNorms' | 'rollbacks'>,
): EngineError {
  const { layer = null, tensor = null, value = null, step = at.step } = details;
  const rows = step === 0 ? [] : rowsOfStep(plan, step);
  const postMortem: PostMortem = {
    ...at,
    ...{ step, layer, tensor, value },
    ...{ rows: rows.slice(0, mostRows), rowCount: rows.length },
  };
  return new EngineError(code, message, { ...details, postMortem });
}

/** Where the rows of a step, from 1, begin in the training split. */
function rowsOfStep({ shape, steps, spec }: Plan, step: number): number[] {
  const order = new Uint32Array(orderLength(shape, steps));
  const first = new StepOrder(order, { training: spec.training, shape, steps }).firstOf(step - 1);
  return [...order.subarray(first, first + stepRange(steps, step - 1).rows)];
}

/** The gradient norms of the last steps; adding one makes no object. */
export class RecentNorms {
  readonly #steps = new Float64Array(normsKept);
  readonly #values = new Float64Array(normsKept);
  #added = 0;

  constructor(norms: readonly StepNorm[]) {
    for (const { step, value } of norms) this.add(step, value);
  }

  add(step: number, value: number): void {
    const at = this.#added++ % normsKept;
    this.#steps[at] = step;
    this.#values[at] = value;
  }

  /** The latest last. */
  list(): StepNorm[] {
    const count = Math.min(this.#added, normsKept);
    return Array.from({ length: count }, (_, index) => {
      const at = (this.#added - count + index) % normsKept;
      return { step: this.#steps[at]!, value: this.#values[at]! };
    });
  }
}
