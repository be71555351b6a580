/**
 * Asynchronous successive halving (Li et al., "A system for massively parallel hyperparameter tuning", MLSys 2020): trials
 * stop at rungs of minSteps · etaᵏ steps; as soon as one is among the best 1/eta of those that have come to its rung, it
 * goes on to the next. Which ones went on is noted with the reports: what was decided is never decided again.
 */

export interface Halving {
  minSteps: number;
  eta: number;
}

/** A trial that has come to a rung. */
export interface Report {
  trial: number;
  rung: number;
  /** Less is better; Infinity where the trial failed. */
  cost: number;
  promoted: boolean;
}

/** Steps of the rungs below `totalSteps`: where a trial stops. Past the last one it goes on to its end. */
export function rungsOf({ minSteps, eta }: Halving, totalSteps: number): number[] {
  const rungs: number[] = [];
  for (let steps = minSteps; steps < totalSteps; steps *= eta) rungs.push(steps);
  return rungs;
}

export interface Promotion {
  trial: number;
  /** Where it stands. */
  rung: number;
  reason: string;
}

/** The trial that is to go on next, from the highest rung where one may; null where none may. */
export function nextPromotion(
  reports: readonly Report[],
  { eta, rungs }: { eta: number; rungs: number },
): Promotion | null {
  for (let rung = rungs - 1; rung >= 0; rung--) {
    const here = reports.filter((report) => report.rung === rung).sort((a, b) => a.cost - b.cost || a.trial - b.trial);
    const best = here.slice(0, Math.floor(here.length / eta));
    const index = best.findIndex(({ promoted, cost }) => !promoted && Number.isFinite(cost));
    if (index !== -1) {
      const { trial } = best[index]!;
      return { trial, rung, reason: `number ${index + 1} of the ${here.length} that have come to rung ${rung}` };
    }
  }
  return null;
}
