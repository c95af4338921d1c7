import { divide, formatDecimal, formatOnGrid, type Money, type PriceTicks, type QuantitySteps } from '@openvenue/money';
import type { GridFault } from '../command.ts';
import { type Rejected, reject } from '../reject.ts';
import type { Account } from './account.ts';
import type { OrderType, SelfTradePrevention, Side, TimeInForce } from './enums.ts';
import type { ExchangeState } from './exchange-state.ts';
import { wouldFillWhole } from './fill-or-kill.ts';
import { probeLiquidity } from './liquidity-probe.ts';
import { availableBalance } from './margin.ts';
import type { Market } from './market.ts';
import { nthBestPrice } from './matching.ts';
import type { Order } from './order.ts';
import { applyCuts, claimOf, cutClaims } from './reduce-only.ts';
import type { Exposure } from './stance.ts';
import type { Step } from './step.ts';

/** An order that asks to be let in: a new one, or an amended one with its old self taken out. */
export interface Candidate {
  readonly account: Account;
  readonly market: Market;
  readonly type: OrderType;
  readonly side: Side;
  readonly price: PriceTicks;
  /** Whole quantity, for the limits; with `filled` of it gone already. */
  readonly quantity: QuantitySteps;
  readonly filled: QuantitySteps;
  readonly timeInForce: TimeInForce;
  readonly reduceOnly: boolean;
  readonly makerOnly: boolean;
  readonly closePosition: boolean;
  readonly selfTradePrevention: SelfTradePrevention;
  readonly priceType: 0 | 1 | 2 | 3 | 4;
  readonly gridFault?: GridFault;
  /** The old self of an amended order. */
  readonly replaces?: Order;
}

/** What an admitted order goes to the book with. */
export interface Admitted {
  readonly ok: true;
  readonly price: PriceTicks;
  /** Worst price it may take at: its own, or the band's bound. */
  readonly limit: PriceTicks;
  readonly quantity: QuantitySteps;
  /** Cuts off the other reduce-only orders of its side. */
  readonly applyCuts: (step: Step) => void;
}

/** The ladder of MAT-12 from the symbol's state on: the first failure answers, and after the last guard nothing fails. */
export function admit(state: ExchangeState, timeMs: number, candidate: Candidate): Admitted | Rejected {
  const { market, account, side, replaces } = candidate;
  const { parameters, book } = market;
  const stance = account.peek(market);
  const closable = stance.closable(side);

  if (parameters.status === 'CANCEL_ONLY' || parameters.status === 'HALTED') {
    return reject('SYMBOL_NOT_TRADING', {
      field: 'symbol',
      value: market.symbol,
      rule: `the symbol is ${parameters.status}`,
    });
  }
  const wanted = candidate.closePosition ? closable : ((candidate.quantity - candidate.filled) as QuantitySteps);
  const reduces = candidate.reduceOnly || candidate.closePosition || parameters.status === 'REDUCE_ONLY';
  if (!reduces && wanted > closable && market.isFrozen(timeMs)) {
    return reject('SYMBOL_NOT_TRADING', {
      field: 'symbol',
      value: market.symbol,
      rule: 'index and mark price are frozen: only closing orders are taken',
    });
  }
  if (parameters.status === 'REDUCE_ONLY' && !candidate.reduceOnly && !candidate.closePosition && wanted > closable) {
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

  if (candidate.gridFault !== undefined) {
    const { field, value, below, above } = candidate.gridFault;
    return reject('OFF_GRID', {
      field,
      value,
      below,
      above,
      rule: field === 'price' ? 'must be a multiple of tickSize' : 'must be a multiple of stepSize',
    });
  }

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
    const others = [...stance.reduceOnlyOrders].filter((order) => order.side === side && order !== replaces);
    const own = {
      orderId: replaces?.orderId ?? state.nextOrderId,
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
  const limitFault = limits(candidate, {
    price,
    total,
    asked: candidate.closePosition ? total : candidate.quantity,
    opens: opening > 0,
  });
  if (limitFault !== undefined) return limitFault;

  const takeLimit = candidate.type === 'MARKET' ? (side === 'BUY' ? market.band.upper : market.band.lower) : price;
  const probe = probeLiquidity({
    market,
    userId: account.userId,
    side,
    quantity,
    limit: takeLimit,
    selfTradePrevention: candidate.selfTradePrevention,
  });
  const rests =
    candidate.timeInForce === 'GTC' && candidate.type === 'LIMIT' && probe.quantity < quantity && !probe.stoppedByOwn;
  if (rests && stance.orders.size - (replaces === undefined ? 0 : 1) >= parameters.maxOpenOrders) {
    return reject('TOO_MANY_OPEN_ORDERS', { rule: `at most ${parameters.maxOpenOrders} open orders in a symbol` });
  }

  if (candidate.type === 'LIMIT') {
    const bound = side === 'BUY' ? market.band.upper : market.band.lower;
    if (side === 'BUY' ? price > bound : price < bound) {
      return reject('PRICE_OUTSIDE_BAND', {
        field: 'price',
        value: formatOnGrid(price, parameters.tickSize),
        boundTicks: bound,
        rule: side === 'BUY' ? 'highest price of a buy now' : 'lowest price of a sell now',
      });
    }
  }

  const bestBid = book.bestPrice('BUY');
  const bestAsk = book.bestPrice('SELL');
  if (
    candidate.makerOnly &&
    (side === 'BUY' ? bestAsk !== -1 && price >= bestAsk : bestBid !== -1 && price <= bestBid)
  ) {
    return reject('WOULD_TAKE', {
      field: 'makerOnly',
      rule: 'the order would take at once',
      ...(bestBid === -1 ? {} : { bestBidTicks: bestBid }),
      ...(bestAsk === -1 ? {} : { bestAskTicks: bestAsk }),
    });
  }

  if (candidate.timeInForce === 'FOK') {
    if (probe.stoppedByOwn && probe.quantity < quantity)
      return reject('SELF_TRADE', { rule: 'an own order stands in the way' });
    if (
      probe.quantity < quantity ||
      !wouldFillWhole(state, { market, userId: account.userId, side, quantity, limit: takeLimit })
    ) {
      return reject('FOK_NOT_FILLABLE', { field: 'quantity', rule: 'cannot be filled whole now' });
    }
  } else if (probe.quantity === 0) {
    if (probe.stoppedByOwn && candidate.selfTradePrevention === 'CANCEL_TAKER')
      return reject('SELF_TRADE', { rule: 'an own order stands in the way' });
    if (candidate.type === 'MARKET' && !probe.stoppedByOwn) {
      return probe.metOwn
        ? reject('SELF_TRADE', { rule: 'only own orders stand within the price protection' })
        : reject('NO_LIQUIDITY', { boundTicks: takeLimit, rule: 'nothing to take within the price protection' });
    }
  }

  if (!reduces) {
    const counted = rests ? quantity : probe.quantity;
    const restSteps = counted - probe.quantity;
    const exposure: Exposure = {
      side,
      quantity: counted,
      tickSteps: probe.tickSteps + restSteps * price,
      makerOnly: candidate.makerOnly,
    };
    const refusal = marginRefusal(account, market, exposure);
    if (refusal !== undefined) return refusal;
  }
  return { ok: true, price, limit: takeLimit, quantity: total, applyCuts: cuts };
}

const noCuts = (): void => {};

/** MAT-5: 1 and 2 the opposite side's best and fifth-best price, 3 and 4 the own side's. */
function bookPrice(market: Market, side: Side, priceType: 1 | 2 | 3 | 4): PriceTicks | -1 {
  const other: Side = side === 'BUY' ? 'SELL' : 'BUY';
  return nthBestPrice(market, priceType <= 2 ? other : side, priceType % 2 === 1 ? 1 : 5);
}

function aggressiveness(candidate: Candidate, price: PriceTicks): number {
  if (candidate.type === 'LIMIT') return price;
  return candidate.side === 'SELL' ? 0 : Number.MAX_SAFE_INTEGER;
}

/** Minima and maxima (SYM-2); the minima bind only orders with an opening part. */
function limits(
  candidate: Candidate,
  order: { price: PriceTicks; total: QuantitySteps; asked: QuantitySteps; opens: boolean },
): Rejected | undefined {
  const { market, type } = candidate;
  const { parameters } = market;
  const steps = (quantity: number): string => formatOnGrid(quantity, parameters.stepSize);
  if (type === 'LIMIT' && (order.price <= 0 || order.price > parameters.maxPrice)) {
    return reject('OUT_OF_RANGE', {
      field: 'price',
      value: formatOnGrid(order.price, parameters.tickSize),
      rule: `must be above 0 and at most ${formatOnGrid(parameters.maxPrice, parameters.tickSize)}`,
    });
  }
  if (order.asked <= 0)
    return reject('OUT_OF_RANGE', {
      field: 'quantity',
      value: steps(Math.max(0, order.asked)),
      rule: 'must be above 0',
    });
  const maximum = type === 'LIMIT' ? parameters.maxLimitOrderQuantity : parameters.maxMarketOrderQuantity;
  if (!candidate.closePosition && order.asked > maximum) {
    return reject('OUT_OF_RANGE', { field: 'quantity', value: steps(order.asked), rule: `at most ${steps(maximum)}` });
  }
  if (!order.opens) return undefined;
  if (order.total < parameters.minQuantity) {
    return reject('OUT_OF_RANGE', {
      field: 'quantity',
      value: steps(order.total),
      rule: `at least ${steps(parameters.minQuantity)}`,
    });
  }
  const price = type === 'LIMIT' ? order.price : market.mark;
  const notional = market.valueOf(order.total * price);
  if (notional < parameters.minNotional) {
    return reject('OUT_OF_RANGE', {
      field: 'quantity',
      value: steps(order.total),
      rule: `price x quantity must be at least ${formatDecimal(parameters.minNotional)} USDT`,
    });
  }
  return undefined;
}

/** Tier (MRG-5), then margin (MRG-4). */
function marginRefusal(account: Account, market: Market, exposure: Exposure): Rejected | undefined {
  const stance = account.peek(market);
  const opening = stance.openingPart(exposure.side, exposure.quantity);
  if (opening === 0) return undefined;
  const held = exposure.side === 'BUY' ? stance.quantity : -stance.quantity;
  const heldValue = held > 0 ? stance.notional : 0n;
  const cap = market.tiers.capFor(stance.leverage);
  if (heldValue + stance.openingValue(exposure.side, exposure) > cap) {
    return reject('TIER_LIMIT', {
      field: 'quantity',
      rule: `at leverage ${stance.leverage} position and orders of this side may be worth at most ${formatDecimal(cap)} USDT`,
    });
  }
  const required = stance.frozenWith(exposure) - stance.frozen + openLoss(market, exposure, opening);
  const available = availableBalance(account);
  if (required > 0n && required > available)
    return reject('INSUFFICIENT_MARGIN', {
      required,
      available,
      rule: 'required margin is more than what is available',
    });
  return undefined;
}

/** What the opening part would lose at once at the mark, up (MRG-4). */
function openLoss(market: Market, exposure: Exposure, opening: number): Money {
  const atMark = exposure.quantity * market.mark;
  const loss = exposure.side === 'BUY' ? exposure.tickSteps - atMark : atMark - exposure.tickSteps;
  if (loss <= 0) return 0n as Money;
  return divide(market.valueOf(loss) * BigInt(opening), BigInt(exposure.quantity), 'up') as Money;
}
