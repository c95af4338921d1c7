import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import type { Role, Side } from './enums.ts';
import type { ExchangeState } from './exchange-state.ts';
import { type FillVerdict, judgeFill, type MarginSlice, marginSlice } from './margin.ts';
import type { Market } from './market.ts';
import { type Order, remainingOf } from './order.ts';
import { claimOf, cutClaims, type ReduceOnlyClaim } from './reduce-only.ts';

interface ShadowFill {
  readonly userId: number;
  readonly side: Side;
  readonly price: PriceTicks;
  readonly quantity: QuantitySteps;
  readonly role: Role;
}

/** The users of one market as they would be after some fills; the market itself stays as it is. */
export class ShadowMarket {
  readonly #state: ExchangeState;
  readonly #market: Market;
  readonly #slices = new Map<number, MarginSlice>();
  /** What is left of the reduce-only orders, of the users who have any. */
  readonly #claims = new Map<number, Map<number, ReduceOnlyClaim>>();

  constructor(state: ExchangeState, market: Market) {
    this.#state = state;
    this.#market = market;
  }

  /** What a resting order would have left. */
  remainingOf(order: Order): number {
    if (!order.reduceOnly) return remainingOf(order);
    return this.#claimsOf(order.userId)?.get(order.orderId)?.remaining ?? 0;
  }

  /** Whether a fill would be allowed now, and what it would do (MRG-11). */
  judge(fill: ShadowFill): FillVerdict {
    const market = this.#market;
    const slice = this.#slices.get(fill.userId) ?? marginSlice(this.#state.peekAccount(fill.userId), market);
    return judgeFill(slice, {
      side: fill.side,
      price: fill.price,
      quantity: fill.quantity,
      feeRate: market.feeRate(0, fill.role === 'maker'),
      unit: market.unit,
    });
  }

  /** A resting order is filled, by all it has left or the last part of the taker. */
  fill(maker: Order, quantity: number, verdict: FillVerdict): void {
    const own = maker.reduceOnly ? this.#claimsOf(maker.userId)?.get(maker.orderId) : undefined;
    if (own !== undefined) {
      this.#claimsOf(maker.userId)?.set(own.orderId, { ...own, remaining: own.remaining - quantity });
    }
    this.moveTo(maker.userId, verdict);
  }

  /** A resting order is gone without a fill. */
  drop(order: Order): void {
    if (order.reduceOnly) this.#claimsOf(order.userId)?.delete(order.orderId);
  }

  /** A user's position changes, and his reduce-only orders are cut to it (POS-3). */
  moveTo(userId: number, { after }: FillVerdict): void {
    this.#slices.set(userId, after);
    const claims = this.#claimsOf(userId);
    if (claims === undefined) return;
    for (const side of ['BUY', 'SELL'] as const) {
      const closable = Math.max(0, side === 'BUY' ? -after.position.quantity : after.position.quantity);
      const ofSide = [...claims.values()].filter((claim) => claim.side === side);
      for (const [orderId, remaining] of cutClaims(closable, ofSide)) {
        claims.set(orderId, { ...(claims.get(orderId) as ReduceOnlyClaim), remaining });
      }
    }
  }

  #claimsOf(userId: number): Map<number, ReduceOnlyClaim> | undefined {
    let claims = this.#claims.get(userId);
    if (claims !== undefined) return claims;
    const orders = this.#state.peekAccount(userId).stances.get(this.#market)?.reduceOnlyOrders;
    if (orders === undefined || orders.size === 0) return undefined;
    claims = new Map([...orders].map((order) => [order.orderId, claimOf(order)]));
    this.#claims.set(userId, claims);
    return claims;
  }
}
