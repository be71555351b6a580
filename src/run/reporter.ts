/**
 * Gathers what the engine yields into a few reports a second: a message a step would cost more than the step. A report is
 * made when the interval has passed, before every checkpoint (so that no stored checkpoint is ahead of its metrics), and
 * at the end.
 */
import type { MetricRow } from '../engine/index.js';
import type { Finding } from '../schemas/finding.js';
import type { MetricPoints, Report } from './protocol.js';

const intervalMs = 250;

/** Of a fold, too. */
const isOfValidation = /^(fold\d+\.)?validation\./;

export interface Course {
  totalSteps: number;
  /** From 1; 0 before the first step. */
  epochOf(step: number): number;
}

export class Reporter {
  readonly #post: (report: Report) => void;
  readonly #course: Course;
  readonly #startedAt = performance.now();
  readonly #firstStep: number;
  #postedAt = this.#startedAt;
  #postedStep: number;
  #step: number;
  #metrics: MetricPoints = new Map();
  #evaluation: Report['evaluation'] = null;
  #findings: Finding[] = [];

  /** `step` is the one that the run starts after. */
  constructor(post: (report: Report) => void, course: Course, step: number) {
    this.#post = post;
    this.#course = course;
    this.#firstStep = step;
    this.#step = step;
    this.#postedStep = step;
  }

  reached(step: number): void {
    this.#step = step;
    this.#postIfDue();
  }

  add(rows: readonly MetricRow[]): void {
    for (const { step, name, value } of rows) {
      const points = this.#metrics.get(name) ?? { steps: [], values: [] };
      this.#metrics.set(name, points);
      points.steps.push(step);
      points.values.push(value);
      if (isOfValidation.test(name)) this.#evaluated(step, name, value);
      this.#step = step;
    }
    this.#postIfDue();
  }

  found(findings: readonly Finding[]): void {
    this.#findings.push(...findings);
  }

  /** Posts what has not been posted yet. */
  flush(): void {
    if (this.#step === this.#postedStep && this.#metrics.size === 0 && this.#findings.length === 0) return;
    const now = performance.now();
    this.#post({
      type: 'report',
      step: this.#step,
      epoch: this.#course.epochOf(this.#step),
      totalSteps: this.#course.totalSteps,
      stepsPerSecond: (this.#step - this.#firstStep) / ((now - this.#startedAt) / 1000),
      metrics: this.#metrics,
      evaluation: this.#evaluation,
      findings: this.#findings,
    });
    this.#postedAt = now;
    this.#postedStep = this.#step;
    this.#metrics = new Map();
    this.#evaluation = null;
    this.#findings = [];
  }

  #postIfDue(): void {
    if (performance.now() - this.#postedAt >= intervalMs) this.flush();
  }

  #evaluated(step: number, name: string, value: number): void {
    if (this.#evaluation?.step !== step) this.#evaluation = { epoch: this.#course.epochOf(step), step, metrics: {} };
    this.#evaluation.metrics[name] = value;
  }
}
