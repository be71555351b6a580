/** The contract of a schedule: the learning rate of an update as a function of its number, and of what a plateau has done. */

export interface ScheduleAt {
  /** The update's number behind the warm-up, from 0. */
  readonly step: number;
  /** Updates of the whole run, the warm-up included. */
  readonly totalSteps: number;
  /** The optimizer's learning rate. */
  readonly learningRate: number;
  /** Times that a plateau has reduced the rate. */
  readonly reductions: number;
}

export interface Schedule<Spec> {
  rate(spec: Spec, at: ScheduleAt): number;
}
