import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import { opposite, type Side } from './enums.ts';
import type { ExchangeState } from './exchange-state.ts';
import { judgeFill, type MarginSlice, marginSlice } from './margin.ts';
import type { Market } from './market.ts';
import type { Order } from './order.ts';
import { claimOf, cutClaims, type ReduceOnlyClaim } from './reduce-only.ts';

export interface FillOrKillRequest {
  readonly market: Market;
  readonly userId: number;
  readonly side: Side;
  readonly quantity: number;
  readonly limit: PriceTicks;
}

/**
 * Whether the same IOC would fill whole (MAT-2), counting what really happens between its fills: makers that fail their margin
 * check and reduce-only orders that shrink with their position. Own orders are passed over; the caller has dealt with the modes
 * that end at them.
 */
export function wouldFillWhole(state: ExchangeState, request: FillOrKillRequest): boolean {
  const { market, side, limit } = request;
  const { book } = market;
  const makers = opposite(side);
  const shadow = new ShadowMarket(state, market);
  let remaining = request.quantity;
  for (let price = book.bestPrice(makers); price !== -1 && remaining > 0; price = book.nextPrice(makers, price)) {
    if (side === 'BUY' ? price > limit : price < limit) break;
    for (let handle = book.firstAt(makers, price); handle !== -1 && remaining > 0; handle = book.nextInLevel(handle)) {
      const maker = state.orders.get(book.orderIdOf(handle)) as Order;
      if (maker.userId === request.userId) continue;
      const quantity = Math.min(remaining, shadow.remainingOf(maker, book.remainingOf(handle))) as QuantitySteps;
      if (quantity === 0) continue;
      const makerFill = { userId: maker.userId, side: makers, price, quantity, maker: true };
      if (!shadow.allows(makerFill)) continue;
      const takerFill = { userId: request.userId, side, price, quantity, maker: false };
      if (!shadow.allows(takerFill)) return false;
      shadow.book(makerFill, maker);
      shadow.book(takerFill);
      remaining -= quantity;
    }
  }
  return remaining === 0;
}

interface ShadowFill {
  readonly userId: number;
  readonly side: Side;
  readonly price: PriceTicks;
  readonly quantity: QuantitySteps;
  readonly maker: boolean;
}

/** The users of one market as they would be after some fills. */
class ShadowMarket {
  readonly #state: ExchangeState;
  readonly #market: Market;
  readonly #slices = new Map<number, MarginSlice>();
  readonly #claims = new Map<number, Map<number, ReduceOnlyClaim>>();

  constructor(state: ExchangeState, market: Market) {
    this.#state = state;
    this.#market = market;
  }

  remainingOf(order: Order, resting: number): number {
    if (!order.reduceOnly) return resting;
    return this.#claimsOf(order.userId).get(order.orderId)?.remaining ?? 0;
  }

  allows(fill: ShadowFill): boolean {
    return this.#judge(fill).allowed;
  }

  book(fill: ShadowFill, order?: Order): void {
    const { after } = this.#judge(fill);
    this.#slices.set(fill.userId, after);
    const claims = this.#claimsOf(fill.userId);
    const own = order === undefined ? undefined : claims.get(order.orderId);
    if (own !== undefined) claims.set(own.orderId, { ...own, remaining: own.remaining - fill.quantity });
    for (const side of ['BUY', 'SELL'] as const) {
      const closable = Math.max(0, side === 'BUY' ? -after.position.quantity : after.position.quantity);
      const kept = cutClaims(
        closable,
        [...claims.values()].filter((claim) => claim.side === side),
      );
      for (const [orderId, remaining] of kept)
        claims.set(orderId, { ...(claims.get(orderId) as ReduceOnlyClaim), remaining });
    }
  }

  #judge(fill: ShadowFill) {
    const market = this.#market;
    const slice = this.#slices.get(fill.userId) ?? marginSlice(this.#state.peekAccount(fill.userId), market);
    return judgeFill(slice, {
      side: fill.side,
      price: fill.price,
      quantity: fill.quantity,
      feeRate: market.feeRate(0, fill.maker),
      unit: market.unit,
    });
  }

  #claimsOf(userId: number): Map<number, ReduceOnlyClaim> {
    let claims = this.#claims.get(userId);
    if (claims === undefined) {
      const orders = this.#state.peekAccount(userId).peek(this.#market).reduceOnlyOrders;
      claims = new Map([...orders].map((order) => [order.orderId, claimOf(order)]));
      this.#claims.set(userId, claims);
    }
    return claims;
  }
}
