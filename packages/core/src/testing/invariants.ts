import { divide, ONE } from '@openvenue/money';
import type { Core } from '../core.ts';
import type { Account } from '../exchange/accounts/account.ts';
import type { Leg } from '../exchange/accounts/leg.ts';
import type { Stance } from '../exchange/accounts/stance.ts';
import type { Side } from '../exchange/enums.ts';
import { isOpen, type Order, remainingOf } from '../exchange/orders/order.ts';
import type { OrdersById } from '../exchange/orders/orders-by-id.ts';
import type { Market } from '../exchange/symbols/market.ts';
import { conditionFaults } from './condition-invariants.ts';
import { liquidationFaults } from './liquidation-invariants.ts';

/** Throws with every broken invariant of the rule book (INV-1 to INV-5 and INV-7). */
export function assertInvariants(core: Core): void {
  const faults = invariantFaults(core);
  if (faults.length > 0) throw new Error(`after command ${core.sequence}: ${faults.join('; ')}`);
}

/** Each broken invariant as a sentence; recomputed from the orders and positions, never from the sums the core keeps. */
export function invariantFaults(core: Core): string[] {
  const { markets, accounts, orders } = core.exchangeState;
  return [
    ...conservation(core),
    ...conditionFaults(core),
    ...liquidationFaults(core),
    ...[...markets.values()].flatMap((market) => [...positions(core, market), ...book(core, market)]),
    ...[...accounts.values()].flatMap((account) =>
      account.stances.flatMap((stance) => [
        ...stance.legs.flatMap((leg) => [...frozen(account, stance, leg), ...reduceOnly(account, stance, leg)]),
        ...kinds(account, stance),
        ...orderIndexes(account, stance, orders),
      ]),
    ),
  ];
}

function conservation(core: Core): string[] {
  const state = core.exchangeState;
  let sum: bigint = state.fees + state.rounding;
  for (const commission of state.commissions.values()) sum += commission;
  sum += core.agency.moneyHeld();
  for (const account of state.accounts.values()) {
    sum += account.wallet;
    for (const stance of account.stances) for (const leg of stance.legs) sum += leg.quantity < 0 ? leg.cost : -leg.cost;
  }
  const external = state.external + core.agency.external();
  return sum === external
    ? []
    : [`INV-1: wallets, fees, rounding and costs sum to ${sum}, money that came in is ${external}`];
}

function positions(core: Core, market: Market): string[] {
  let long = 0;
  let short = 0;
  const faults: string[] = [];
  for (const account of core.exchangeState.accounts.values()) {
    for (const leg of account.stanceIn(market)?.legs ?? []) {
      const { quantity, cost, position, life } = leg;
      if (quantity > 0) long += quantity;
      else short -= quantity;
      const name = `user ${account.userId} holds ${quantity} of ${market.symbol} ${leg.positionSide}`;
      if (leg.positionSide === 'LONG' ? quantity < 0 : leg.positionSide === 'SHORT' && quantity > 0)
        faults.push(`INV-2: ${name}`);
      if (cost < 0n || (quantity === 0 && (cost !== 0n || position.openFees !== 0n || position.margin !== 0n)))
        faults.push(`INV-1: ${name} at cost ${cost} with margin ${position.margin}`);
      if (!leg.isolated && position.margin !== 0n) faults.push(`INV-1: ${name} cross with margin ${position.margin}`);
      if ((life === undefined) !== (quantity === 0)) faults.push(`POS-6: ${name} and the figures of its life disagree`);
      if (life !== undefined && Math.abs(quantity) > life.maxQuantity)
        faults.push(`POS-6: ${name}, at most ${life.maxQuantity}`);
    }
  }
  const holding = [...core.exchangeState.accounts.values()].flatMap((account) =>
    (account.stanceIn(market)?.legs ?? []).filter((leg) => leg.quantity !== 0),
  );
  const holders = core.exchangeState.holders.in(market);
  if (holding.length !== holders.size || !holding.every((leg) => holders.has(leg)))
    faults.push(`INV-2: ${market.symbol} counts ${holders.size} holders, ${holding.length} hold something`);
  if (long !== short) faults.push(`INV-2: ${market.symbol} longs ${long}, shorts ${short}`);
  if (long !== market.openInterest)
    faults.push(`INV-2: ${market.symbol} open interest ${market.openInterest}, longs ${long}`);
  return faults;
}

function book(core: Core, market: Market): string[] {
  const faults: string[] = [];
  const bid = market.book.bestPrice('BUY');
  const ask = market.book.bestPrice('SELL');
  if (bid !== -1 && ask !== -1 && bid >= ask) faults.push(`INV-3: ${market.symbol} is crossed at ${bid} / ${ask}`);
  let open = 0;
  for (const account of core.exchangeState.accounts.values()) open += account.stanceIn(market)?.orders.size ?? 0;
  if (open !== market.book.orderCount)
    faults.push(`INV-3: ${market.symbol} rests ${market.book.orderCount} orders, ${open} are open`);
  for (const side of ['BUY', 'SELL'] as const) {
    const totals = new Map<number, number>();
    for (const resting of market.book.orders(side)) {
      const order = core.exchangeState.orders.get(resting.orderId);
      if (
        order === undefined ||
        !isOpen(order) ||
        remainingOf(order) !== resting.quantity ||
        order.price !== resting.price ||
        order.side !== side
      ) {
        faults.push(`INV-3: ${market.symbol} rests order ${resting.orderId} otherwise than it stands`);
      }
      totals.set(resting.price, (totals.get(resting.price) ?? 0) + resting.quantity);
    }
    for (const [price, total] of totals) {
      if (market.book.levelQuantity(side, price as Order['price']) !== total)
        faults.push(`INV-3: ${market.symbol} level ${price} is not the sum of its orders`);
    }
  }
  return faults;
}

function orderIndexes(account: Account, stance: Stance, orders: OrdersById): string[] {
  const faults: string[] = [];
  for (const order of stance.orders.values()) {
    if (order.filledQuantity > order.quantity)
      faults.push(`INV-3: order ${order.orderId} is filled beyond its quantity`);
    const known =
      orders.get(order.orderId) === order &&
      isOpen(order) &&
      order.userId === account.userId &&
      stance.market.book.has(order.orderId);
    if (!known) faults.push(`INV-3: order ${order.orderId} and the index of user ${account.userId} disagree`);
    if (order.reduceOnly !== stance.leg(order.positionSide).reduceOnlyOrders.has(order))
      faults.push(`INV-3: order ${order.orderId} is not where reduce-only orders are`);
  }
  return faults;
}

/** POS-1: one kind of positions and orders in a symbol; POS-2: what closes a hedge leg is reduce-only. */
function kinds(account: Account, stance: Stance): string[] {
  const faults: string[] = [];
  const used = new Set<string>();
  for (const leg of stance.legs) if (leg.quantity !== 0) used.add(leg.positionSide === 'BOTH' ? 'one-way' : 'hedge');
  for (const order of stance.orders.values()) {
    used.add(order.positionSide === 'BOTH' ? 'one-way' : 'hedge');
    const closes = order.positionSide === (order.side === 'BUY' ? 'SHORT' : 'LONG');
    if (order.reduceOnly ? order.positionSide !== 'BOTH' && !closes : closes)
      faults.push(
        `POS-2: order ${order.orderId} is ${order.side} ${order.positionSide}, reduce-only ${order.reduceOnly}`,
      );
  }
  for (const leg of stance.legs) {
    const open = [...stance.orders.values()].filter((order) => order.positionSide === leg.positionSide).length;
    if (open !== leg.openOrders)
      faults.push(`INV-3: user ${account.userId} has ${open} orders ${leg.positionSide}, counted ${leg.openOrders}`);
  }
  if (used.size > 1) faults.push(`POS-1: user ${account.userId} is one-way and hedge in ${stance.market.symbol}`);
  return faults;
}

/** MRG-3 over again, order by order. */
function frozen(account: Account, stance: Stance, leg: Leg): string[] {
  const side = (of: Side): bigint => {
    const orders = [...stance.orders.values()].filter(
      (order) => order.side === of && order.positionSide === leg.positionSide && !order.reduceOnly,
    );
    const held = of === 'BUY' ? -leg.quantity : leg.quantity;
    const closable = held > 0 ? BigInt(held) : 0n;
    let quantity = 0n;
    let value = 0n;
    let fees = 0n;
    for (const order of orders) {
      const own = BigInt(remainingOf(order)) * BigInt(order.price) * stance.market.unit;
      const rate = stance.feeRate(order.makerOnly);
      quantity += BigInt(remainingOf(order));
      value += own;
      fees += own * BigInt(rate > 0 ? rate : 0);
    }
    const open = quantity - closable;
    if (open <= 0n) return 0n;
    const margin = divide(value * open, quantity * BigInt(stance.leverage), 'up');
    const counted =
      closable > 0n && stance.marginMode === 'CROSS'
        ? margin - divide(leg.cost, BigInt(stance.leverage), 'up')
        : margin;
    return (counted > 0n ? counted : 0n) + divide(fees * open, quantity * ONE, 'up');
  };
  const buy = side('BUY');
  const sell = side('SELL');
  const expected = buy > sell ? buy : sell;
  return leg.frozen === expected
    ? []
    : [
        `INV-4: user ${account.userId} has ${leg.frozen} frozen in ${stance.market.symbol} ${leg.positionSide}, recomputed ${expected}`,
      ];
}

function reduceOnly(account: Account, stance: Stance, leg: Leg): string[] {
  const faults: string[] = [];
  for (const side of ['BUY', 'SELL'] as const) {
    const claimed = [...stance.orders.values()]
      .filter((order) => order.reduceOnly && order.side === side && order.positionSide === leg.positionSide)
      .reduce((sum, order) => sum + remainingOf(order), 0);
    if (claimed > leg.closable(side))
      faults.push(
        `INV-7: user ${account.userId} has reduce-only ${side} orders of ${claimed} over ${leg.closable(side)} ${leg.positionSide}`,
      );
  }
  return faults;
}
