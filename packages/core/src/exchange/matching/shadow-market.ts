import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import type { Leg } from '../accounts/leg.ts';
import type { PositionSide, Role, Side } from '../enums.ts';
import type { ExchangeState } from '../exchange-state.ts';
import {
  afterFill,
  exemptFill,
  type FillVerdict,
  judgeFill,
  type MarginSlice,
  marginSlice,
} from '../margin/fill-verdict.ts';
import { type Order, remainingOf } from '../orders/order.ts';
import type { Market } from '../symbols/market.ts';
import { claimOf, cutClaims, type ReduceOnlyClaim } from './reduce-only.ts';

interface ShadowFill {
  readonly userId: number;
  readonly side: Side;
  readonly positionSide: PositionSide;
  readonly price: PriceTicks;
  readonly quantity: QuantitySteps;
  readonly role: Role;
  readonly exempt?: boolean;
}

interface LegClaim extends ReduceOnlyClaim {
  readonly positionSide: PositionSide;
}

/** The users of one market as they would be after some fills; the market itself stays as it is. */
export class ShadowMarket {
  readonly #state: ExchangeState;
  readonly #market: Market;
  /** Of the users whom a fill has changed; made with the first, which most orders don't go beyond. */
  #slices: Map<number, MarginSlice> | undefined;
  /** What is left of the reduce-only orders, of the users who have any. */
  #claims: Map<number, Map<number, LegClaim>> | undefined;

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
    const slice = this.#slices?.get(fill.userId) ?? marginSlice(this.#state.peekAccount(fill.userId), market);
    const ask = fill.exempt === true ? exemptFill : judgeFill;
    return ask(slice, {
      side: fill.side,
      positionSide: fill.positionSide,
      price: fill.price,
      quantity: fill.quantity,
      feeRate: fill.role === 'maker' ? slice.makerRate : slice.takerRate,
      unit: market.unit,
    });
  }

  /** A resting order is filled, by all it has left or the last part of the taker. */
  fill(maker: Order, quantity: number, verdict: FillVerdict): void {
    const own = maker.reduceOnly ? this.#claimsOf(maker.userId)?.get(maker.orderId) : undefined;
    if (own !== undefined) {
      this.#claimsOf(maker.userId)?.set(own.orderId, { ...own, remaining: own.remaining - quantity });
    }
    this.moveTo(maker, verdict);
  }

  /** A resting order is gone without a fill. */
  drop(order: Order): void {
    if (order.reduceOnly) this.#claimsOf(order.userId)?.delete(order.orderId);
  }

  /** A user's position changes, and the reduce-only orders of its leg are cut to it (POS-3). */
  moveTo(
    { userId, positionSide }: { readonly userId: number; readonly positionSide: PositionSide },
    { slice, effect }: FillVerdict,
  ): void {
    this.#slices ??= new Map();
    this.#slices.set(userId, afterFill(slice, positionSide, effect));
    const claims = this.#claimsOf(userId);
    if (claims === undefined) return;
    for (const side of ['BUY', 'SELL'] as const) {
      const closable = Math.max(0, side === 'BUY' ? -effect.after.quantity : effect.after.quantity);
      const ofSide = [...claims.values()].filter((claim) => claim.side === side && claim.positionSide === positionSide);
      for (const [orderId, remaining] of cutClaims(closable, ofSide)) {
        claims.set(orderId, { ...(claims.get(orderId) as LegClaim), remaining });
      }
    }
  }

  #claimsOf(userId: number): Map<number, LegClaim> | undefined {
    const known = this.#claims?.get(userId);
    if (known !== undefined) return known;
    const legs = this.#state.peekAccount(userId).stanceIn(this.#market)?.legs ?? [];
    if (!legs.some(hasReduceOnly)) return undefined;
    const orders = legs.flatMap((leg) => [...leg.reduceOnlyOrders]);
    const claims = new Map(
      orders.map((order) => [order.orderId, { ...claimOf(order), positionSide: order.positionSide }]),
    );
    this.#claims ??= new Map();
    this.#claims.set(userId, claims);
    return claims;
  }
}

const hasReduceOnly = (leg: Leg): boolean => leg.reduceOnlyOrders.size > 0;
