/** The step loop's side of a feed: it waits for rows only where the thread is behind. */
import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { type SplitName, splitNames } from '../data.js';
import { EngineError } from '../errors.js';
import { lossOf } from '../losses/index.js';
import type { Machine } from '../machine.js';
import type { Plan } from '../plan.js';
import type { RowSource } from '../rows.js';
import { FeedChannel } from './channel.js';
import type { Feed, FeedThread } from './feed.js';
import { placeOfBatch, placeOfStep, type Ring, trainingPlaces } from './ring.js';
import type { FeedFailure } from './serve-feed.js';

export class FedRows implements RowSource {
  readonly #machine: Machine;
  readonly #plan: Plan;
  readonly #ring: Ring;
  readonly #channel: FeedChannel;
  readonly #thread: FeedThread;
  readonly #port: MessagePort;

  private constructor(
    machine: Machine,
    plan: Plan,
    parts: { ring: Ring; channel: FeedChannel; thread: FeedThread; port: MessagePort },
  ) {
    this.#machine = machine;
    this.#plan = plan;
    this.#ring = parts.ring;
    this.#channel = parts.channel;
    this.#thread = parts.thread;
    this.#port = parts.port;
    const { order } = plan.addresses;
    // What stands where in the ring never changes.
    for (let place = 0; place < trainingPlaces(parts.ring); place++) machine.memory.u32[order / 4 + place] = place;
  }

  /** Starts the feed at the step after `firstStep` others. The plan must be one of a fed run. */
  static async start(
    feed: Feed,
    { machine, plan, firstStep }: { machine: Machine; plan: Plan; firstStep: number },
  ): Promise<FedRows> {
    const { ring, spec, width, addresses, steps, shape } = plan;
    if (ring === null) throw new TypeError('feed: the plan is of a run whose splits stand in memory');
    const control = new SharedArrayBuffer(FeedChannel.bytes);
    const channel = new FeedChannel(control);
    channel.startAt(firstStep);
    const { port1, port2 } = new MessageChannel();
    const { inputs, targets, softTargets } = addresses;
    const targetsAreClasses = lossOf(spec.loss).targets === 'classes';
    const { seed, sampling } = spec.training;
    const thread = await feed.start({
      ...{ memory: machine.memory.memory, ring, shape, steps, firstStep, control, port: port2, targetsAreClasses },
      addresses: { inputs, targets, softTargets },
      targetColumns: targetsAreClasses ? 1 : width,
      training: { seed, sampling },
    });
    return new FedRows(machine, plan, { ring, channel, thread, port: port1 });
  }

  ofStep(done: number): number {
    if (!this.#channel.awaitStep(done)) throw this.#failure();
    return this.#plan.addresses.order / 4 + placeOfStep(this.#ring, done);
  }

  ofBatch(split: SplitName, { first, rows }: { first: number; rows: number }): void {
    if (first === 0) this.#channel.startMeasure(splitNames.indexOf(split));
    const batch = first / this.#ring.measuredRows;
    if (!this.#channel.awaitBatch(batch)) throw this.#failure();
    const place = placeOfBatch(this.#ring, batch);
    const { i32 } = this.#machine.memory;
    for (let row = 0; row < rows; row++) i32[this.#plan.addresses.batchRows / 4 + row] = place + row;
  }

  close(): Promise<void> {
    this.#port.close();
    return this.#thread.close();
  }

  /** What the thread said before it woke us; this thread reads no messages while it computes. */
  #failure(): Error {
    const { message, code, details } = receiveMessageOnPort(this.#port)!.message as FeedFailure;
    if (details !== undefined) return new EngineError(code as EngineError['code'], message, details);
    return Object.assign(new Error(message), code === undefined ? {} : { code });
  }
}
