import type { OrderRecord } from '../../event.ts';
import { hold } from './difference.ts';
import { total } from './fraction.ts';
import type { OracleState } from './oracle-state.ts';
import { isBelow, type Standing, type Unit } from './unit.ts';
import { sideOf } from './user-books.ts';

/** Money in all accounts less what came in and did not go out, summed from scratch; INV-1 says it is 0. */
export function driftOf(state: OracleState): bigint {
  const users = [...state.users.values()];
  const held = total([
    ...users.map(({ wallet }) => wallet),
    ...state.fundingWallets.values(),
    ...state.deposits.values(),
    ...state.fees.commissions.values(),
    state.fees.fees,
    state.rounding,
    ...users.flatMap(({ open }) => open.map((each) => -sideOf(each) * each.cost)),
  ]);
  return held - state.external;
}

/** INV-1 and INV-2 from the oracle's own books. */
export function holdSums(state: OracleState): void {
  const drift = driftOf(state);
  hold('INV-1: the money in all accounts', drift === 0n, { seen: { drift, external: state.external } });
  for (const symbol of state.symbols.keys()) {
    const sum = total(state.holdings(symbol).map(({ quantity }) => quantity));
    hold(`INV-2: longs and shorts of ${symbol}`, sum === 0n, { seen: sum });
  }
}

/** INV-7: reduce-only orders stay within their position, and nothing that ends with a position outlives it. */
export function holdBound(state: OracleState, userId: number): void {
  const account = state.account(userId);
  const left = new Map<string, { readonly order: OrderRecord; readonly quantity: number }>();
  for (const order of account.user.orders.values()) {
    if (!order.reduceOnly) continue;
    const key = `${order.symbol} ${order.side} ${order.positionSide}`;
    const quantity = (left.get(key)?.quantity ?? 0) + order.quantity - order.filledQuantity;
    left.set(key, { order, quantity });
  }
  for (const [key, { order, quantity }] of left) {
    const closable = account.closable(order.symbol, order.side, order.positionSide);
    hold('INV-7: reduce-only orders and their position', BigInt(quantity) <= closable, {
      userId,
      seen: { key, quantity, closable },
    });
  }
  for (const bound of state.conditions.boundOf(userId)) {
    const lives = account.closable(bound.symbol, bound.side, bound.positionSide) > 0n;
    hold('INV-7: a condition and its position', lives, { userId, seen: bound });
  }
}

/** INV-5, and LIQ-4: nobody is below maintenance where liquidation acts, nor below 0 without a position, and no margin is left behind. */
export function holdSafe(state: OracleState, unit: Unit, at: Standing): void {
  const { userId } = unit.account.user;
  const symbol = unit.holding?.symbol ?? '';
  const { wallet, balance, maintenance, held } = at;
  if (held.length === 0) {
    const settled = unit.holding === undefined ? wallet >= 0n : wallet === 0n;
    hold('LIQ-4: a wallet without a position', settled, { userId, seen: { symbol, wallet } });
  } else if (isBelow(at)) {
    const waits = held.every((each) => state.symbol(each.symbol).isPaused(state.timeMs));
    hold('INV-5: who is below maintenance', waits, { userId, seen: { symbol, balance, maintenance } });
  }
}
