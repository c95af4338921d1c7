import { setTimeout as sleep } from 'node:timers/promises';
import type { SimulatedMarket } from '@openvenue/prices';
import { NotRecordedError, type VenueNode } from '@openvenue/sequencer';
import type { Logger } from 'pino';

/** Four turns a second: prices once a second, makers and takers in each. */
const TICK_MS = 250;
/** Turns after which every maker has quoted every symbol. */
const WARM_UP_TURNS = 4;

/** Runs the simulated market over a node until it is stopped. A turn begins only when the one before it is durable. */
export class MarketLoop {
  readonly #stopping = new AbortController();
  readonly #quoted = Promise.withResolvers<void>();
  readonly #done: Promise<void>;

  constructor(options: {
    readonly node: VenueNode;
    readonly market: SimulatedMarket;
    readonly nowMs: () => number;
    readonly log: Logger;
  }) {
    this.#done = this.#run(options);
  }

  /** Resolves when the books have been quoted for the first time. */
  get quoted(): Promise<void> {
    return this.#quoted.promise;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#done;
  }

  async #run({ node, market, nowMs, log }: ConstructorParameters<typeof MarketLoop>[0]): Promise<void> {
    const { signal } = this.#stopping;
    for (let turns = 0; !signal.aborted; turns++) {
      if (turns === WARM_UP_TURNS) this.#quoted.resolve();
      const turn = market.tick(node.core, nowMs()).map((command) => node.submit(command));
      for (const result of await Promise.allSettled(turn)) {
        if (result.status === 'fulfilled') continue;
        // An overloaded or read-only venue goes on without its simulated traders; a failed one ends by itself.
        if (!(result.reason instanceof NotRecordedError))
          log.error({ err: result.reason }, 'a command of the simulated market has no known outcome');
      }
      await sleep(TICK_MS - (nowMs() % TICK_MS), undefined, { signal }).catch(() => undefined);
    }
    this.#quoted.resolve();
  }
}
