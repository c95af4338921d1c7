import { hold } from './difference.ts';
import { total } from './fraction.ts';
import type { OracleState } from './oracle-state.ts';
import { sideOf } from './user-books.ts';

/** INV-1 and INV-2 from the oracle's own books. */
export function holdSums(state: OracleState): void {
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
  hold('INV-1: the money in all accounts', held === state.external, { seen: { held, external: state.external } });
  for (const symbol of state.symbols.keys()) {
    const sum = total(state.holdings(symbol).map(({ quantity }) => quantity));
    hold(`INV-2: longs and shorts of ${symbol}`, sum === 0n, { seen: sum });
  }
}

/** INV-7: reduce-only orders stay within their position, and nothing that ends with a position outlives it. */
export function holdBound(state: OracleState, userId: number): void {
  const account = state.account(userId);
  const reducing = [...account.user.orders.values()].filter(({ reduceOnly }) => reduceOnly);
  for (const { symbol, side, positionSide } of reducing) {
    const same = reducing.filter((o) => o.symbol === symbol && o.side === side && o.positionSide === positionSide);
    const left = total(same.map((order) => BigInt(order.quantity - order.filledQuantity)));
    const closable = account.closable(symbol, side, positionSide);
    hold('INV-7: reduce-only orders and their position', left <= closable, {
      userId,
      seen: { symbol, left, closable },
    });
  }
  for (const bound of state.conditions.boundOf(userId)) {
    const lives = account.closable(bound.symbol, bound.side, bound.positionSide) > 0n;
    hold('INV-7: a condition and its position', lives, { userId, seen: bound });
  }
}
