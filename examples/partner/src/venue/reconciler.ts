import type { Log } from '../log.ts';
import type { Transfers } from '../money/transfers.ts';
import type { Courier } from './courier.ts';

/** Pause between two looks at the open transfers, in milliseconds. */
export const LOOK_EVERY_MS = 1_000;
/** Transfers that one look takes up, and that are carried at a time. */
export const MAX_AT_A_TIME = 8;

export interface ReconcilerOptions {
  readonly transfers: Transfers;
  readonly courier: Courier;
  readonly log: Log;
  readonly now: () => number;
  /** Work of every look besides the transfers. */
  readonly alsoEveryLook: () => Promise<void>;
}

/** Goes on with every open transfer, at the start and for as long as it is open. */
export class Reconciler {
  readonly #options: ReconcilerOptions;
  #timer: NodeJS.Timeout | undefined;
  #look: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(options: ReconcilerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#look = this.lookOnce().finally(() => {
      if (!this.#isStopped) this.#timer = setTimeout(() => this.start(), LOOK_EVERY_MS);
    });
  }

  /** Makes one attempt for each open transfer that is due. */
  async lookOnce(): Promise<void> {
    const { transfers, courier, now, alsoEveryLook } = this.#options;
    const due = transfers.due(now(), MAX_AT_A_TIME);
    await Promise.all([
      this.#reported(alsoEveryLook(), {}),
      ...due.map(({ orderNo }) => this.#reported(courier.attempt(orderNo), { orderNo })),
    ]);
  }

  /** Resolves when nothing is under way any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#look;
  }

  /** A fault of this program in one transfer must not keep the others waiting: it is reported, and the transfer is tried again. */
  async #reported(work: Promise<void>, fields: object): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.#options.log.error({ ...fields, err: error }, 'reconciling failed');
    }
  }
}
