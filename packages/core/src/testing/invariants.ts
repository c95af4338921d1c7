import { divide, ONE } from '@openvenue/money';
import type { Core } from '../core.ts';
import type { Account } from '../exchange/account.ts';
import type { Side } from '../exchange/enums.ts';
import type { Market } from '../exchange/market.ts';
import { isOpen, type Order, remainingOf } from '../exchange/order.ts';
import type { Stance } from '../exchange/stance.ts';
import { conditionFaults } from './condition-invariants.ts';

/** Throws with every broken invariant of the rule book (INV-1 to INV-4 and INV-7). */
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
    ...[...markets.values()].flatMap((market) => [...positions(core, market), ...book(core, market)]),
    ...[...accounts.values()].flatMap((account) =>
      [...account.stances.values()].flatMap((stance) => [
        ...frozen(account, stance),
        ...reduceOnly(account, stance),
        ...orderIndexes(account, stance, orders),
      ]),
    ),
  ];
}

function conservation(core: Core): string[] {
  const state = core.exchangeState;
  let sum: bigint = state.fees + core.agency.moneyHeld();
  for (const account of state.accounts.values()) {
    sum += account.wallet;
    for (const stance of account.stances.values()) sum += stance.quantity < 0 ? stance.cost : -stance.cost;
  }
  const external = state.external + core.agency.external();
  return sum === external ? [] : [`INV-1: wallets, fees and costs sum to ${sum}, money that came in is ${external}`];
}

function positions(core: Core, market: Market): string[] {
  let long = 0;
  let short = 0;
  const faults: string[] = [];
  for (const account of core.exchangeState.accounts.values()) {
    const stance = account.stances.get(market);
    if (stance === undefined) continue;
    if (stance.quantity > 0) long += stance.quantity;
    else short -= stance.quantity;
    if (stance.cost < 0n || (stance.quantity === 0 && (stance.cost !== 0n || stance.openFees !== 0n))) {
      faults.push(`INV-1: user ${account.userId} holds ${stance.quantity} of ${market.symbol} at cost ${stance.cost}`);
    }
  }
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
  for (const account of core.exchangeState.accounts.values()) open += account.stances.get(market)?.orders.size ?? 0;
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

function orderIndexes(account: Account, stance: Stance, orders: ReadonlyMap<number, Order>): string[] {
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
    if (order.reduceOnly !== stance.reduceOnlyOrders.has(order))
      faults.push(`INV-3: order ${order.orderId} is not where reduce-only orders are`);
  }
  return faults;
}

/** MRG-3 over again, order by order. */
function frozen(account: Account, stance: Stance): string[] {
  const side = (of: Side): bigint => {
    const orders = [...stance.orders.values()].filter((order) => order.side === of && !order.reduceOnly);
    const held = of === 'BUY' ? -stance.quantity : stance.quantity;
    const closable = held > 0 ? BigInt(held) : 0n;
    let quantity = 0n;
    let value = 0n;
    let fees = 0n;
    for (const order of orders) {
      const own = BigInt(remainingOf(order)) * BigInt(order.price) * stance.market.unit;
      const rate = stance.market.feeRate(0, order.makerOnly);
      quantity += BigInt(remainingOf(order));
      value += own;
      fees += own * BigInt(rate > 0 ? rate : 0);
    }
    const open = quantity - closable;
    if (open <= 0n) return 0n;
    const margin = divide(value * open, quantity * BigInt(stance.leverage), 'up');
    const counted = closable > 0n ? margin - divide(stance.cost, BigInt(stance.leverage), 'up') : margin;
    return (counted > 0n ? counted : 0n) + divide(fees * open, quantity * ONE, 'up');
  };
  const buy = side('BUY');
  const sell = side('SELL');
  const expected = buy > sell ? buy : sell;
  return stance.frozen === expected
    ? []
    : [`INV-4: user ${account.userId} has ${stance.frozen} frozen in ${stance.market.symbol}, recomputed ${expected}`];
}

function reduceOnly(account: Account, stance: Stance): string[] {
  const faults: string[] = [];
  for (const side of ['BUY', 'SELL'] as const) {
    const claimed = [...stance.orders.values()]
      .filter((order) => order.reduceOnly && order.side === side)
      .reduce((sum, order) => sum + remainingOf(order), 0);
    if (claimed > stance.closable(side))
      faults.push(
        `INV-7: user ${account.userId} has reduce-only ${side} orders of ${claimed} over ${stance.closable(side)}`,
      );
  }
  return faults;
}
