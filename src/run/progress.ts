/** How far a run is, as the job shows it. */
import type { Progress } from '../schemas/job.js';
import type { Report } from './protocol.js';

/** `etaSeconds` assumes that every step still to come takes as long as those of this attempt have. */
export function toProgress({ step, epoch, totalSteps, stepsPerSecond }: Omit<Report, 'type'>, now: Date): Progress {
  return {
    percent: totalSteps === 0 ? 0 : Math.min(100, (100 * step) / totalSteps),
    epoch,
    step,
    totalSteps,
    stepsPerSecond,
    etaSeconds: stepsPerSecond ? (totalSteps - step) / stepsPerSecond : null,
    updatedAt: now.toISOString(),
  };
}
