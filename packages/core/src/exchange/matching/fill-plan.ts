import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import { opposite, type PositionSide, type SelfTradePrevention, type Side } from '../enums.ts';
import type { ExchangeState } from '../exchange-state.ts';
import type { FillVerdict } from '../margin/fill-verdict.ts';
import type { Order } from '../orders/order.ts';
import type { Market } from '../symbols/market.ts';
import { ShadowMarket } from './shadow-market.ts';

/** Why a taker ends before its limit: nothing left to take, its own order in the way, or its margin. */
export type Stop = 'done' | 'self-trade' | 'margin';

export interface FillRequest {
  readonly market: Market;
  readonly userId: number;
  readonly side: Side;
  readonly positionSide: PositionSide;
  readonly quantity: number;
  /** Worst price it may take at. */
  readonly limit: PriceTicks;
  readonly selfTradePrevention: SelfTradePrevention;
  /** Resting orders that will be gone by then. */
  readonly leaving?: ReadonlySet<Order> | undefined;
  /** The venue's own closing order: no fee, and no look at the margin on its side (LIQ-2, MRG-11). */
  readonly exempt?: boolean;
}

/** What happens to one resting order: it trades, it is the taker's own, or its owner's margin is too small for the trade. */
export type PlannedEncounter =
  | ({ readonly kind: 'fill' } & PlannedFill)
  | { readonly kind: 'self-trade'; readonly maker: Order }
  | { readonly kind: 'margin'; readonly maker: Order };

export interface PlannedFill {
  readonly maker: Order;
  readonly quantity: QuantitySteps;
  readonly makerVerdict: FillVerdict;
  readonly takerVerdict: FillVerdict;
}

/** What an order would do in the book now, to the last unit. */
export interface FillPlan {
  readonly encounters: readonly PlannedEncounter[];
  /** What fills. */
  readonly filled: number;
  readonly stop: Stop;
  readonly metOwn: boolean;
  /**
   * What would fill, and its value in ticks x steps, if the taker had margin for all of it: what its margin is asked for
   * (MRG-4). More than `filled` only when the stop is `margin`.
   */
  readonly counted: { readonly quantity: number; readonly tickSteps: number };
}

/** Of an order that reaches nothing. */
export const NOTHING_TO_TAKE: FillPlan = Object.freeze({
  encounters: [],
  filled: 0,
  stop: 'done',
  metOwn: false,
  counted: Object.freeze({ quantity: 0, tickSteps: 0 }),
});

/** Whether a resting price is within a taker's limit. */
export const reaches = (side: Side, limit: PriceTicks, price: PriceTicks): boolean =>
  side === 'BUY' ? price <= limit : price >= limit;

/**
 * Walks the book in price-time order as the order would (MAT-1), asking at every match for both margins (MRG-11), for own
 * orders (MAT-6), and for what each fill leaves of the reduce-only orders behind it (POS-3). Nothing is touched, so an order
 * can still be refused without a trace (MAT-12), and a FOK knows what its IOC would do (MAT-2).
 */
export function planFills(state: ExchangeState, request: FillRequest): FillPlan {
  const { market, side, positionSide, limit, userId, exempt = false } = request;
  const { book } = market;
  const makers = opposite(side);
  const best = book.bestPrice(makers);
  if (best === -1 || !reaches(side, limit, best)) return NOTHING_TO_TAKE;
  const shadow = new ShadowMarket(state, market);
  const encounters: PlannedEncounter[] = [];
  let stop: Stop = 'done';
  let filled = 0;
  let metOwn = false;
  let tickSteps = 0;
  let remaining = request.quantity;
  walk: for (let price: PriceTicks | -1 = best; price !== -1 && remaining > 0; price = book.nextPrice(makers, price)) {
    if (!reaches(side, limit, price)) break;
    for (let handle = book.firstAt(makers, price); handle !== -1 && remaining > 0; handle = book.nextInLevel(handle)) {
      const maker = state.orders.get(book.orderIdOf(handle)) as Order;
      if (request.leaving?.has(maker) === true) continue;
      if (maker.userId === userId) {
        metOwn = true;
        if (stop === 'done') encounters.push({ kind: 'self-trade', maker });
        if (request.selfTradePrevention === 'CANCEL_MAKER') continue;
        if (stop === 'done') stop = 'self-trade';
        break walk;
      }
      const quantity = Math.min(remaining, shadow.remainingOf(maker)) as QuantitySteps;
      if (quantity === 0) continue;
      const makerVerdict = shadow.judge({
        userId: maker.userId,
        side: makers,
        positionSide: maker.positionSide,
        price,
        quantity,
        role: 'maker',
      });
      if (!makerVerdict.allowed) {
        if (stop === 'done') encounters.push({ kind: 'margin', maker });
        shadow.drop(maker);
        continue;
      }
      const takerVerdict = shadow.judge({ userId, side, positionSide, price, quantity, role: 'taker', exempt });
      if (!takerVerdict.allowed && stop === 'done') stop = 'margin';
      if (stop === 'done') {
        encounters.push({ kind: 'fill', maker, quantity, makerVerdict, takerVerdict });
        filled += quantity;
      }
      remaining -= quantity;
      tickSteps += quantity * price;
      if (remaining === 0) break walk;
      shadow.fill(maker, quantity, makerVerdict);
      shadow.moveTo(request, takerVerdict);
    }
  }
  return { encounters, filled, stop, metOwn, counted: { quantity: request.quantity - remaining, tickSteps } };
}
