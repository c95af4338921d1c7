import { type Failure, fail } from '../failure.ts';

/** New orders of all users that are carried out at a time, over HTTP and sockets together; a batch is one. */
export const ORDERS_UNDER_WAY_MAX = 512;

const OVERLOADED = fail('TEMPORARILY_UNAVAILABLE', {
  details: { rule: 'too many orders are under way; nothing was recorded, repeat the call later' },
});

/**
 * Lets so many new orders in at a time and refuses the others at once, so that who was let in does not wait for all who were not. Cancels
 * and queries do not pass here.
 */
export class OrderGate {
  readonly #max: number;
  #underWay = 0;

  /** @throws RangeError for a number that lets nobody in */
  constructor(max = ORDERS_UNDER_WAY_MAX) {
    if (!Number.isSafeInteger(max) || max < 1) throw new RangeError(`${max} orders cannot be under way`);
    this.#max = max;
  }

  get underWay(): number {
    return this.#underWay;
  }

  /** Undefined while there is room: for a look before work is spent on a call. */
  refusal(): Failure | undefined {
    return this.#underWay < this.#max ? undefined : OVERLOADED;
  }

  /** Carries an order out, or refuses it. */
  async pass<Answer>(run: () => Promise<Answer>): Promise<Answer | Failure> {
    const refused = this.refusal();
    if (refused !== undefined) return refused;
    this.#underWay++;
    try {
      return await run();
    } finally {
      this.#underWay--;
    }
  }
}
