import { setTimeout as sleep } from 'node:timers/promises';
import type { SeededRandom } from '@openvenue/core/testing';
import type { Answers, ToldOrder } from './answers.ts';
import type { PatientCaller, Reply } from './patient-caller.ts';
import type { Violations } from './violations.ts';

const PAUSE_MS = 60;
const ORDERS_A_LOOK = 4;
const EVENTS_AT_A_TIME = 1_000;

/** Statuses that may follow each other; the rest is a step back. */
const SUCCESSORS: Readonly<Record<string, readonly string[]>> = {
  PROCESSING: ['SUCCESS', 'FAILED', 'REVERSED', 'DEAD'],
  SUCCESS: ['REVERSED'],
  FAILED: ['DEAD'],
  REVERSED: [],
  DEAD: [],
};

export interface ObserverOptions {
  readonly caller: PatientCaller;
  readonly answers: Answers;
  readonly violations: Violations;
  readonly random: SeededRandom;
}

/** Looks on while the others act: what an order's status was, and every event in order. */
export class Observer {
  readonly #options: ObserverOptions;
  readonly #statuses = new Map<string, string>();
  #isStopped = false;
  #watching: Promise<void> | undefined;
  looks = 0;
  /** Every event, the n-th at n - 1. */
  readonly events: Reply[] = [];

  constructor(options: ObserverOptions) {
    this.#options = options;
  }

  start(): void {
    this.#watching = this.#watch();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#watching;
  }

  /** An order as it was seen at this moment. */
  see(orderNo: string, status: string): void {
    const before = this.#statuses.get(orderNo);
    this.#statuses.set(orderNo, status);
    this.looks++;
    if (before === undefined || before === status || SUCCESSORS[before]?.includes(status)) return;
    this.#options.violations.add('went back', `${orderNo} was ${before} and is ${status}`);
  }

  /** Reads the events that have come since. */
  async readEvents(): Promise<void> {
    const { caller, violations } = this.#options;
    for (;;) {
      const afterSeq = this.events.length;
      const reply = await caller.call('events', { afterSeq, limit: EVENTS_AT_A_TIME });
      for (const event of reply['events']) {
        this.events.push(event);
        if (event.seq === this.events.length) continue;
        violations.add('webhook', `the event after ${afterSeq} is ${event.seq}`);
        return;
      }
      if (reply['events'].length < EVENTS_AT_A_TIME) return;
    }
  }

  async #watch(): Promise<void> {
    const { answers, random } = this.#options;
    while (!this.#isStopped) {
      await this.readEvents();
      const { told } = answers;
      for (let n = 0; n < ORDERS_A_LOOK && told.length > 0; n++) {
        const from = random.chance(1, 2) ? Math.max(0, told.length - 20) : 0;
        await this.#look(told[random.integer(from, told.length - 1)]);
      }
      await sleep(PAUSE_MS);
    }
  }

  async #look(order: ToldOrder | undefined): Promise<void> {
    if (order === undefined) return;
    const { orderNo, path, fields } = order;
    const found = await this.#options.caller.call(path, fields);
    if (found['code'] === 0) this.see(orderNo, found['status']);
    else this.#options.violations.add('lost', `${orderNo} was answered, and its query says ${found['code']}`);
  }
}
