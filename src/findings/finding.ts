/**
 * The contract of a rule: a pure function of a run's evidence that gives one finding or none. A rule rests on ratios (to the
 * loss of the trivial model, to a layer's own weights, to the optimizer's usual rate), never on the size of a loss by
 * itself. While a run goes on it must be sure, since what was told is not taken back; what only an end can show waits for it.
 */
import type { Finding } from '../schemas/finding.js';
import type { Evidence } from './evidence.js';

export type Found = Omit<Finding, 'code' | 'step'>;
export type Rule = (evidence: Evidence) => Found | null;
/** JSON merge patch for the job's spec. */
export type Patch = NonNullable<Finding['patch']>;

export const percent = (share: number): string => `${Number((100 * share).toPrecision(2))} %`;
/** As people read numbers. */
export const short = (value: number): string => String(Number(value.toPrecision(3)));
