/** The contract of a schedule: the learning rate of an update as a function of its number alone. */

export interface ScheduleAt {
  /** The update's number, from 0. */
  readonly step: number;
  readonly totalSteps: number;
  /** The optimizer's learning rate. */
  readonly learningRate: number;
}

export interface Schedule<Spec> {
  rate(spec: Spec, at: ScheduleAt): number;
}
