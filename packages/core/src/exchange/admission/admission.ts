import { formatOnGrid, type PriceTicks, type QuantitySteps } from '@openvenue/money';
import type { GridFault } from '../../command.ts';
import { type Rejected, reject } from '../../reject.ts';
import type { Account } from '../accounts/account.ts';
import type { Exposure, Leg } from '../accounts/leg.ts';
import { opposite, type Side } from '../enums.ts';
import type { ExchangeState } from '../exchange-state.ts';
import { marginFault, tierFault } from '../margin/required-margin.ts';
import { type FillPlan, NOTHING_TO_TAKE, planFills, reaches } from '../matching/fill-plan.ts';
import { applyCuts, claimOf, cutClaims } from '../matching/reduce-only.ts';
import { closesHedge } from '../positions/position-side.ts';
import type { Step } from '../step.ts';
import type { Market } from '../symbols/market.ts';
import type { Candidate } from './candidate.ts';
import { roomFault, sizeFault } from './capacity.ts';
import { limitFault } from './order-limits.ts';
import { positionSideFault } from './position-side-fault.ts';
import { makerFault, takeFault } from './take-fault.ts';

/** What an admitted order goes to the book with. */
export interface Admitted {
  readonly ok: true;
  readonly price: PriceTicks;
  readonly quantity: QuantitySteps;
  /** Whether it counts as reduce-only: by its own word or by the state of its symbol (SYM-4). */
  readonly reduceOnly: boolean;
  /** What it does in the book before it rests or ends. */
  readonly plan: FillPlan;
  /** Cuts off the other reduce-only orders of its side. */
  readonly applyCuts: (step: Step) => void;
}

/** An order that may be taken if its margin allows: what it would do, and what its margin is asked for (MRG-4). */
export interface Assessed extends Admitted {
  readonly leg: Leg;
  readonly exposure: Exposure;
}

/** The ladder of MAT-12 from the symbol's state on: the first failure answers, and after the last guard nothing fails. */
export function admit(state: ExchangeState, timeMs: number, candidate: Candidate): Admitted | Rejected {
  const assessed = assess(state, timeMs, candidate);
  if (!assessed.ok) return assessed;
  return affordabilityFault(candidate.account, assessed) ?? assessed;
}

/** The last guard of the ladder: margin (3001), for the whole order and for its first fill. */
export function affordabilityFault(
  account: Account,
  { leg, exposure, reduceOnly, plan }: Assessed,
): Rejected | undefined {
  const unaffordable = reduceOnly ? undefined : marginFault(account, leg, exposure);
  if (unaffordable !== undefined) return unaffordable;
  if (plan.stop === 'margin' && plan.filled === 0)
    return reject('INSUFFICIENT_MARGIN', { rule: 'the first fill would leave too little margin' });
  return undefined;
}

/** All of the ladder but its last guard, which asks for margin. */
export function assess(state: ExchangeState, timeMs: number, candidate: Candidate): Assessed | Rejected {
  const { market, account, side, positionSide, replaces } = candidate;
  const { parameters } = market;
  const stance = account.peek(market);
  const leg = stance.leg(positionSide);
  const closable = leg.closable(side);

  if (market.status === 'CANCEL_ONLY' || market.status === 'HALTED') {
    return reject('SYMBOL_NOT_TRADING', {
      field: 'symbol',
      value: market.symbol,
      rule: `the symbol is ${market.status}`,
    });
  }
  const wanted = candidate.closePosition ? closable : ((candidate.quantity - candidate.filled) as QuantitySteps);
  const saysReduce = candidate.reduceOnly || candidate.closePosition || closesHedge(positionSide, side);
  const reduces = saysReduce || market.status === 'REDUCE_ONLY';
  if (!reduces && wanted > closable && market.isFrozen(timeMs)) {
    return reject('SYMBOL_NOT_TRADING', {
      field: 'symbol',
      value: market.symbol,
      rule: 'index and mark price are frozen: only closing orders are taken',
    });
  }
  if (market.status === 'REDUCE_ONLY' && !saysReduce && wanted > closable) {
    return reject('SYMBOL_NOT_TRADING', {
      field: 'symbol',
      value: market.symbol,
      rule: 'the symbol takes only orders that reduce a position',
    });
  }

  const price = candidate.priceType === 0 ? candidate.price : bookPrice(market, side, candidate.priceType);
  if (price === -1)
    return reject('PRICE_LEVEL_MISSING', {
      field: 'priceType',
      value: String(candidate.priceType),
      rule: 'the book has no such level',
    });

  const offGrid = gridFaultOf(candidate.gridFault);
  if (offGrid !== undefined) return offGrid;
  const exitOffGrid = candidate.exits?.grid(candidate.type === 'MARKET' ? market.mark : price);
  if (exitOffGrid !== undefined) return exitOffGrid;

  const legOffGrid = candidate.legs?.grid();
  if (legOffGrid !== undefined) return legOffGrid;

  const otherKind = positionSideFault(stance, positionSide) ?? candidate.legs?.positionSide();
  if (otherKind !== undefined) return otherKind;

  let quantity = wanted;
  let cuts: (step: Step) => void = noCuts;
  if (reduces) {
    if (closable === 0) {
      return reject('NOTHING_TO_REDUCE', {
        field: 'side',
        value: side,
        rule: 'there is no position that this side would reduce',
      });
    }
    const others = [...leg.reduceOnlyOrders].filter(
      (order) => order.side === side && order !== replaces && candidate.leaving?.has(order) !== true,
    );
    const own = {
      orderId: replaces?.orderId ?? candidate.orderId ?? state.nextOrderId,
      side,
      price: aggressiveness(candidate, price),
      remaining: Math.min(wanted, closable),
    };
    const kept = cutClaims(closable, [...others.map(claimOf), own]);
    quantity = (kept.get(own.orderId) ?? 0) as QuantitySteps;
    if (quantity === 0) {
      return reject('NOTHING_TO_REDUCE', {
        field: 'quantity',
        rule: 'the other reduce-only orders already cover the position',
      });
    }
    cuts = (step) => applyCuts(step, others, kept);
  }

  const opening = reduces ? 0 : Math.max(0, wanted - closable);
  const total = (quantity + candidate.filled) as QuantitySteps;
  const overLimit = limitFault(candidate, {
    price,
    total,
    asked: candidate.closePosition ? total : candidate.quantity,
    opens: opening > 0 && candidate.placedFor !== 'leg',
  });
  if (overLimit !== undefined) return overLimit;
  const legOverLimit = candidate.legs?.limits();
  if (legOverLimit !== undefined) return legOverLimit;

  const bound = side === 'BUY' ? market.band.upper : market.band.lower;
  const limit = candidate.type === 'MARKET' ? bound : price;
  // A price far outside the band would walk the whole book, so nothing is planned before it is known that it must be.
  let plan: FillPlan | undefined;
  const restsInBook = candidate.timeInForce === 'GTC' && candidate.type === 'LIMIT';
  const room = restsInBook ? roomFault(candidate, { price, quantity }) : undefined;
  if (room !== undefined) {
    plan = planOf(state, candidate, { quantity, limit });
    if (plan.stop === 'done' && plan.filled < quantity) return room;
  }
  const noRoomForConditions = candidate.exits?.room() ?? candidate.legs?.room();
  if (noRoomForConditions !== undefined) return noRoomForConditions;

  if (candidate.type === 'LIMIT' && (side === 'BUY' ? price > bound : price < bound)) {
    return reject('PRICE_OUTSIDE_BAND', {
      field: 'price',
      value: formatOnGrid(price, parameters.tickSize),
      boundTicks: bound,
      rule: side === 'BUY' ? 'highest price of a buy now' : 'lowest price of a sell now',
    });
  }
  const takes = candidate.makerOnly ? makerFault(candidate, price) : undefined;
  if (takes !== undefined) return takes;
  plan ??= planOf(state, candidate, { quantity, limit });
  const unfillable = candidate.makerOnly ? undefined : takeFault(candidate, plan, { limit, quantity });
  if (unfillable !== undefined) return unfillable;

  const { counted, stop } = plan;
  const rest = restsInBook && stop !== 'self-trade' ? quantity - counted.quantity : 0;
  const exposure: Exposure = {
    side,
    quantity: counted.quantity + rest,
    tickSteps: counted.tickSteps + rest * price,
    makerOnly: candidate.makerOnly,
  };
  const tooLarge = sizeFault(
    { market, leg, filledTickSteps: replaces?.filledTickSteps ?? 0, opens: !reduces },
    exposure,
  );
  if (tooLarge !== undefined) return tooLarge;
  const beyondTier = reduces ? undefined : tierFault(leg, exposure);
  if (beyondTier !== undefined) return beyondTier;
  return { ok: true, price, quantity: total, reduceOnly: reduces, plan, applyCuts: cuts, leg, exposure };
}

/** What the order would do in the book; most orders reach nothing there. */
function planOf(
  state: ExchangeState,
  { market, account, side, positionSide, selfTradePrevention, leaving }: Candidate,
  { quantity, limit }: { readonly quantity: QuantitySteps; readonly limit: PriceTicks },
): FillPlan {
  const best = market.book.bestPrice(opposite(side));
  if (best === -1 || !reaches(side, limit, best)) return NOTHING_TO_TAKE;
  const { userId } = account;
  return planFills(state, { market, userId, side, positionSide, quantity, limit, selfTradePrevention, leaving });
}

/** A value between two grid points, if there is one (SYM-2). */
export function gridFaultOf(gridFault: GridFault | undefined): Rejected | undefined {
  if (gridFault === undefined) return undefined;
  const { field, value, below, above } = gridFault;
  return reject('OFF_GRID', {
    field,
    value,
    below,
    above,
    rule: field === 'quantity' ? 'must be a multiple of stepSize' : 'must be a multiple of tickSize',
  });
}

const noCuts = (): void => {};

/** MAT-5: 1 and 2 the opposite side's best and fifth-best price, 3 and 4 the own side's. */
function bookPrice(market: Market, side: Side, priceType: 1 | 2 | 3 | 4): PriceTicks | -1 {
  return nthBestPrice(market, priceType <= 2 ? opposite(side) : side, priceType % 2 === 1 ? 1 : 5);
}

function aggressiveness(candidate: Candidate, price: PriceTicks): number {
  if (candidate.type === 'LIMIT') return price;
  return candidate.side === 'SELL' ? 0 : Number.MAX_SAFE_INTEGER;
}

/** The price of a side's `depth`-th best level; -1 when it has fewer. */
function nthBestPrice(market: Market, side: Side, depth: number): PriceTicks | -1 {
  let price = market.book.bestPrice(side);
  for (let i = 1; i < depth && price !== -1; i++) price = market.book.nextPrice(side, price);
  return price;
}
