import type { Role } from '../../exchange/enums.ts';
import type { FeeSchedule } from '../../exchange/fees/fee-schedule.ts';
import { ceil, floor, total, UNIT } from './fraction.ts';
import { FUND } from './fund.ts';
import type { ListedSymbol } from './listed-symbol.ts';
import type { UserBooks } from './user-books.ts';

const DAY_MS = 86_400_000;
const DAYS = 30;

/** Rates of one user in one symbol: the base of his level and his agent's markup, in 1e-8. */
export interface Rates {
  readonly base: bigint;
  readonly markup: bigint;
}

/** The insurance fund pays none (LIQ-7). */
const NO_FEES: Rates = { base: 0n, markup: 0n };

/** Who pays which rate, and who gets the fees (FEE-1, FEE-2). */
export class FeeBook {
  readonly schedules = new Map<number, FeeSchedule>();
  readonly commissions = new Map<number, bigint>();
  fees = 0n;
  #day = -1;

  /** The first command of a UTC day sets each user's volume for the day. Returns whether it is the first. */
  beginDay(timeMs: number, users: Iterable<UserBooks>): boolean {
    const day = Math.floor(timeMs / DAY_MS);
    if (day === this.#day) return false;
    this.#day = day;
    for (const user of users) {
      const before = [...user.tradedOn].filter(([on]) => on < day && on >= day - DAYS);
      user.volume30d = total(before.map(([, value]) => value));
    }
    return true;
  }

  traded(user: UserBooks, value: bigint): void {
    user.tradedOn.set(this.#day, (user.tradedOn.get(this.#day) ?? 0n) + value);
  }

  rates(user: UserBooks, symbol: ListedSymbol, role: Role): Rates {
    if (user.userId === FUND) return NO_FEES;
    const schedule = this.schedules.get(user.agentId);
    const own = schedule?.levels ?? [];
    const levels = own.length > 0 ? own : symbol.parameters.feeLevels;
    const reached = levels.filter(({ minVolume30d }) => minVolume30d <= user.volume30d);
    const level = reached.at(-1);
    if (level === undefined) throw new Error(`no fee level of ${symbol.parameters.symbol} begins at 0`);
    return { base: BigInt(level[role]), markup: BigInt(schedule?.markup[role] ?? 0) };
  }

  /** Fee of a value: up, a rebate down. */
  feeOf(value: bigint, { base, markup }: Rates): bigint {
    return ceil(value * (base + markup), UNIT);
  }

  book(user: UserBooks, value: bigint, rates: Rates): void {
    const share = floor(value * rates.markup, UNIT);
    this.fees += this.feeOf(value, rates) - share;
    this.commissions.set(user.agentId, (this.commissions.get(user.agentId) ?? 0n) + share);
  }
}
