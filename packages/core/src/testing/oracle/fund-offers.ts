import type { OrderRecord } from '../../event.ts';
import { agree, hold } from './difference.ts';
import { ceil, floor, most, UNIT } from './fraction.ts';
import { FUND } from './fund.ts';
import type { OracleState } from './oracle-state.ts';
import { lots } from './user-books.ts';

/** LIQ-7: a tenth of a position, at least a step, no worse than this off the mark. */
const PART = 10n;
const DISTANCE = UNIT / 200n;

/** What the fund offers with a price command. */
export class FundOffers {
  readonly #state: OracleState;
  /** By symbol. */
  readonly #offered = new Map<string, number>();
  /** What the fund held before the command, by symbol: it offers before anything is liquidated. */
  readonly #held = new Map<string, bigint>();

  constructor(state: OracleState) {
    this.#state = state;
  }

  begin(): void {
    this.#offered.clear();
    this.#held.clear();
    for (const { symbol, quantity } of this.#state.user(FUND).open) this.#held.set(symbol, quantity);
  }

  has({ orderId, symbol }: OrderRecord): boolean {
    return this.#offered.get(symbol) === orderId;
  }

  take(order: OrderRecord): void {
    const { symbol, orderId } = order;
    const listed = this.#state.symbol(symbol);
    const holding = this.#state.user(FUND).holding(symbol, 'BOTH');
    const mayOffer = !this.#offered.has(symbol) && holding.quantity !== 0n && !listed.isPaused(this.#state.timeMs);
    hold('LIQ-7: the fund offers each position once', mayOffer, { seen: { symbol, held: holding.quantity } });
    this.#offered.set(symbol, orderId);
    const expected = {
      side: holding.quantity > 0n ? 'SELL' : 'BUY',
      price: Number(this.#bound(symbol, holding.quantity > 0n)),
      quantity: Number(most(1n, lots(holding) / PART)),
      timeInForce: 'IOC',
      positionSide: 'BOTH',
    };
    for (const [figure, oracle] of Object.entries(expected))
      agree(`LIQ-7: ${figure} of an offer`, { core: order[figure as keyof OrderRecord], oracle });
  }

  /** After a price command: where the fund has offered nothing, nothing that rested all along would have taken it. */
  finish(): void {
    for (const [symbol, quantity] of this.#held) {
      if (this.#offered.has(symbol) || this.#state.symbol(symbol).isPaused(this.#state.timeMs)) continue;
      const long = quantity > 0n;
      const bound = this.#bound(symbol, long);
      for (const user of this.#state.users.values())
        for (const order of user.orders.values()) {
          if (
            order.symbol !== symbol ||
            order.updatedAtMs === this.#state.timeMs ||
            order.side !== (long ? 'BUY' : 'SELL')
          )
            continue;
          const price = BigInt(order.price);
          const reached = long ? price >= bound : price <= bound;
          hold('LIQ-7: the fund offers where it is taken', !reached, { seen: { order, bound } });
        }
    }
  }

  #bound(symbol: string, long: boolean): bigint {
    const { mark, parameters } = this.#state.symbol(symbol);
    const distance = BigInt(parameters.fundOfferDistance ?? DISTANCE);
    return most(1n, long ? ceil(mark * (UNIT - distance), UNIT) : floor(mark * (UNIT + distance), UNIT));
  }
}
