/**
 * Gathers a run's series as it goes and looks at them with every rule: before the first step (the data alone), at
 * evaluations, and at the end. When is decided by steps alone, so that a run that was resumed finds at each of them what it
 * would have found without the break.
 */
import type { MetricRow, TrainEvent } from '../engine/index.js';
import type { Finding, FindingCode } from '../schemas/finding.js';
import type { Ending, Evidence, Points } from './evidence.js';
import { findingsOf } from './index.js';

type Facts = Pick<Evidence, 'spec' | 'data' | 'parameters' | 'totalSteps' | 'layers'>;

export interface WatchedRun extends Facts {
  stepsPerEpoch: number;
  /** The series so far, of a run that is resumed: along the line that survived its rollbacks. */
  history: ReadonlyMap<string, Points>;
}

interface Line {
  steps: number[];
  values: number[];
}

export class FindingWatch {
  readonly #facts: Facts;
  readonly #series: Map<string, Line>;
  readonly #known = new Set<FindingCode>();
  /** Steps between evaluations. */
  readonly #interval: number;

  constructor({ stepsPerEpoch, history, ...facts }: WatchedRun) {
    this.#facts = facts;
    const { everySteps, everyEpochs } = facts.spec.evaluation;
    this.#interval = everySteps ?? (everyEpochs ?? 1) * stepsPerEpoch;
    this.#series = new Map(
      [...history].map(([name, { steps, values }]) => [name, { steps: [...steps], values: [...values] }]),
    );
  }

  /** What the data say by themselves. */
  start(): Finding[] {
    return this.#look({ ...this.#facts, series: new Map(), step: 0, ending: null });
  }

  /** What the engine says as it goes on. */
  follow(event: TrainEvent): Finding[] {
    if (event.type === 'rollback') this.#forgetAfter(event.to);
    return event.type === 'metrics' ? this.#add(event.rows) : [];
  }

  /** Rows in the order of their steps, all of a step at once. */
  #add(rows: readonly MetricRow[]): Finding[] {
    const found: Finding[] = [];
    rows.forEach(({ step, name, value }, index) => {
      const line = this.#series.get(name) ?? { steps: [], values: [] };
      this.#series.set(name, line);
      line.steps.push(step);
      line.values.push(value);
      if (rows[index + 1]?.step !== step && this.#isDue(step)) {
        found.push(...this.#look({ ...this.#facts, series: this.#series, step, ending: null }));
      }
    });
    return found;
  }

  /** What was undone is no part of the series, as it is none of a `history` that is read back. */
  #forgetAfter(step: number): void {
    for (const line of this.#series.values()) {
      const kept = line.steps.findLastIndex((at) => at <= step) + 1;
      line.steps.length = kept;
      line.values.length = kept;
    }
  }

  end(step: number, ending: Ending): Finding[] {
    return this.#look({ ...this.#facts, series: this.#series, step, ending });
  }

  /** At evaluations: the first ten, then those whose number has grown by a tenth, so that long runs are not slowed down. */
  #isDue(step: number): boolean {
    if (step % this.#interval !== 0) return false;
    const number = step / this.#interval;
    let due = 10;
    while (due < number) due = Math.ceil(due * 1.1);
    return number <= 10 || number === due;
  }

  #look(evidence: Evidence): Finding[] {
    const found = findingsOf(evidence, this.#known);
    for (const { code } of found) this.#known.add(code);
    return found;
  }
}
