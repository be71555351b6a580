/** Problems of a dataset: what each is called, how grave it is, and what a job can say against it. */
import type { DataProblem, ProblemOfData, RowsConcerned } from '../../schemas/profile.js';

const severities = ['error', 'warning', 'info'] as const satisfies DataProblem['severity'][];

/** Without what is null. */
export interface NewProblem {
  code: ProblemOfData;
  severity: DataProblem['severity'];
  column?: string;
  message: string;
  rows?: RowsConcerned;
  remedy: string;
  /** Merge patch for the job's `dataset`. */
  patch?: Record<string, unknown>;
}

/** The gravest first; among equals in the order that they were found in. */
export function sortProblems(found: readonly NewProblem[]): DataProblem[] {
  const whole = found.map(
    ({ code, severity, column = null, message, rows = null, remedy, patch = null }): DataProblem => ({
      ...{ code, severity, column, message, rows, remedy, patch },
    }),
  );
  return whole.sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}

/** `12.3 %`; never 0 % or 100 % of what is there, or not all. */
export function percent(count: number, of: number): string {
  const share = (100 * count) / of;
  const bounded = count > 0 && count < of ? Math.min(99.9, Math.max(0.1, share)) : share;
  return `${Number(bounded.toFixed(1))} %`;
}
