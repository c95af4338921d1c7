import { ceil, floor, most, UNIT } from './fraction.ts';
import { FUND } from './fund.ts';
import type { OracleState } from './oracle-state.ts';
import { standing, type Unit, unitOf } from './unit.ts';
import { type Holding, lots, sideOf } from './user-books.ts';

/** A position in the queue of auto-deleveraging, with its score as a fraction. */
export interface Ranked {
  readonly userId: number;
  readonly holding: Holding;
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** All positions of one side of a symbol, by LIQ-3: score, then quantity, then user. The fund's are not among them. */
export function ranking(state: OracleState, symbol: string, long: boolean): readonly Ranked[] {
  const found: Ranked[] = [];
  for (const { userId } of state.users.values()) {
    if (userId === FUND) continue;
    const account = state.account(userId);
    for (const holding of account.user.open) {
      if (holding.symbol !== symbol || holding.quantity > 0n !== long) continue;
      const profit = account.pnl(holding);
      const { wallet, balance, maintenance } = standing(unitOf(account, holding));
      const scored = profit > 0n && balance > 0n;
      found.push({
        userId,
        holding,
        numerator: scored ? profit * maintenance : 0n,
        denominator: scored ? most(UNIT, wallet) * balance : 1n,
      });
    }
  }
  return found.sort((a, b) => {
    const left = a.numerator * b.denominator;
    const right = b.numerator * a.denominator;
    if (left !== right) return left > right ? -1 : 1;
    const more = lots(b.holding) - lots(a.holding);
    return more !== 0n ? Number(more) : a.userId - b.userId;
  });
}

/** LIQ-6: the price at which closing all of a position uses up a balance. */
export function bankruptcyPrice(state: OracleState, holding: Holding, balance: bigint): bigint {
  const symbol = state.symbol(holding.symbol);
  const perTick = symbol.value(1n, lots(holding));
  const exact = symbol.mark * perTick - sideOf(holding) * balance;
  return most(1n, holding.quantity > 0n ? ceil(exact, perTick) : floor(exact, perTick));
}

/** Who is deleveraged next against a unit at a price: the first whom the price does not close beyond his own bankruptcy. */
export function nextDeleveraged(
  state: OracleState,
  against: { readonly unit: Unit; readonly symbol: string; readonly long: boolean; readonly price: bigint },
): Ranked | undefined {
  const { unit, symbol, long, price } = against;
  return ranking(state, symbol, long).find(({ userId, holding }) => {
    if (userId === unit.account.user.userId) return false;
    const { balance } = standing(unitOf(state.account(userId), holding));
    const own = bankruptcyPrice(state, holding, balance);
    return long ? price >= own : price <= own;
  });
}

/** LIQ-3: 5 is next. */
export function quantileOf(places: readonly Ranked[], holding: Holding): number {
  const rank = places.findIndex((each) => each.holding === holding);
  return 5 - Math.floor((rank * 5) / places.length);
}
