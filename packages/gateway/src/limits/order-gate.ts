import { type Failure, fail } from '../failure.ts';
import { TurnQueue } from './turn-queue.ts';

/** New orders of all users that are let in at a time, over HTTP and sockets together; a batch is one. */
export const ORDERS_UNDER_WAY_MAX = 512;
/** Orders that are begun in one turn of the event loop: a few milliseconds, after which is read what has come meanwhile. */
export const ORDERS_PER_TURN = 16;
/** An order that would probably wait longer than this before it is begun is refused, */
export const ORDER_WAIT_MAX_MS = 100;
/** unless fewer than these wait: a pause of the machine is no overload. */
export const ORDERS_WAITING_MIN = 64;

/** What is answered to an order that is not let in. */
export const OVERLOADED = fail('TEMPORARILY_UNAVAILABLE', {
  details: { rule: 'too many orders are under way; nothing was recorded, repeat the call later' },
});

export interface OrderGateOptions {
  /** Orders that wait or are carried out; default {@link ORDERS_UNDER_WAY_MAX}. */
  readonly max?: number | undefined;
  readonly nowMs?: () => number;
}

/**
 * Lets new orders in that will be begun soon and refuses the others at once, so that who was let in does not wait for all who were not.
 * Those let in are begun in the order in which they came. Cancels and queries do not pass here.
 */
export class OrderGate {
  readonly #max: number;
  readonly #line: TurnQueue;
  #underWay = 0;

  /** @throws RangeError for a number that lets nobody in */
  constructor({ max = ORDERS_UNDER_WAY_MAX, nowMs }: OrderGateOptions = {}) {
    if (!Number.isSafeInteger(max) || max < 1) throw new RangeError(`${max} orders cannot be under way`);
    this.#max = max;
    this.#line = new TurnQueue({ perTurn: ORDERS_PER_TURN, ...(nowMs && { nowMs }) });
  }

  get underWay(): number {
    return this.#underWay;
  }

  /** Undefined while an order would be let in: for a look before work is spent on it. */
  refusal(): Failure | undefined {
    const { length, expectedWaitMs } = this.#line;
    const isFull = this.#underWay + length >= this.#max;
    const isLong = length >= ORDERS_WAITING_MIN && expectedWaitMs > ORDER_WAIT_MAX_MS;
    return isFull || isLong ? OVERLOADED : undefined;
  }

  /** Lets an order in that has come as a whole: undefined when it is to be begun now, a promise of its turn, or a refusal. */
  enter(): Promise<void> | Failure | undefined {
    const refused = this.refusal();
    if (refused !== undefined) return refused;
    let isTurn = (): void => undefined;
    if (this.#line.push(() => isTurn())) return undefined;
    return new Promise((resolve) => {
      isTurn = resolve;
    });
  }

  /** Carries an order out, or refuses it when so many are. */
  async pass<Answer>(run: () => Promise<Answer>): Promise<Answer | Failure> {
    if (this.#underWay >= this.#max) return OVERLOADED;
    this.#underWay++;
    try {
      return await run();
    } finally {
      this.#underWay--;
    }
  }
}
