import { most, size } from './fraction.ts';
import { FUND } from './fund.ts';
import type { OracleState } from './oracle-state.ts';
import { releasedCost } from './position-booking.ts';
import { lots, sideOf } from './user-books.ts';

/** What the insurance fund would stand like with a rest, and whether it takes it (LIQ-7). */
export interface FundDecision {
  readonly reduces: boolean;
  readonly wallet: bigint;
  readonly unrealizedPnl: bigint;
  readonly notional: bigint;
  readonly cap: bigint;
  readonly taken: boolean;
}

/** `buys` is the fund's side. */
export function fundDecision(
  state: OracleState,
  rest: { readonly symbol: string; readonly buys: boolean; readonly price: bigint; readonly quantity: bigint },
): FundDecision {
  const { symbol, buys, price, quantity } = rest;
  const listed = state.symbol(symbol);
  const fund = state.account(FUND);
  const own = fund.user.holding(symbol, 'BOTH');
  const closes = own.quantity > 0n !== buys && own.quantity !== 0n;
  const closing = closes ? (lots(own) < quantity ? lots(own) : quantity) : 0n;
  const opening = quantity - closing;
  const released = closing === 0n ? 0n : releasedCost(own, closing);
  const wallet =
    fund.user.crossWallet + (closing === 0n ? 0n : sideOf(own) * (listed.value(price, closing) - released));
  const after = own.quantity + (buys ? quantity : -quantity);
  const cost = own.cost - released + listed.value(price, opening);
  const atMark = listed.value(listed.mark, size(after));
  let unrealizedPnl = after < 0n ? cost - atMark : atMark - cost;
  let notional = atMark;
  const { fundCap } = listed.parameters;
  for (const holding of fund.user.open) {
    if (holding === own) continue;
    unrealizedPnl += fund.pnl(holding);
    if (fundCap === undefined) notional += fund.notional(holding);
  }
  const cap = fundCap ?? wallet;
  const reduces = opening === 0n;
  const taken = reduces || (wallet + unrealizedPnl >= 0n && notional <= cap);
  return { reduces, wallet, unrealizedPnl, notional, cap, taken };
}

/** What may leave the fund: its wallet less its unrealised losses. */
export function fundSpare(state: OracleState): bigint {
  const fund = state.account(FUND);
  return most(0n, fund.user.crossWallet + (fund.crossPnl < 0n ? fund.crossPnl : 0n));
}
