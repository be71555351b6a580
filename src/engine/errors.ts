/**
 * The engine's one error. Callers match `code`: classes do not survive a thread border. The message says what was
 * expected and what was got; `details` says the same to programs.
 */
import type { PostMortem } from './post-mortem.js';

/** Every code that the engine gives. */
export type EngineErrorCode =
  | 'checkpoint_mismatch'
  | 'diverged'
  | 'exceeds_engine_memory'
  | 'invalid_data'
  | 'invalid_safetensors'
  | 'invalid_spec'
  | 'loss_spike'
  | 'non_finite'
  | 'unsupported';

export interface EngineErrorDetails {
  /** JSON pointer into the engine's part of the spec: `/model/hidden/0`. */
  path?: string;
  expected?: unknown;
  got?: unknown;
  /** Name of the layer, as it stands in the plan. */
  layer?: string;
  /** The step (update of the parameters, from 1) that was being computed. */
  step?: number;
  /** `<parameter>`, `<parameter> gradient`, or a buffer of the layer. */
  tensor?: string;
  /** What stands there. */
  value?: number;
  postMortem?: PostMortem;
}

export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: EngineErrorCode;
  readonly details: EngineErrorDetails;

  constructor(code: EngineErrorCode, message: string, details: EngineErrorDetails = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}
