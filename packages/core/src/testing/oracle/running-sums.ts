import { hold } from './difference.ts';
import { total } from './fraction.ts';
import type { OracleState } from './oracle-state.ts';
import { sideOf, type UserBooks } from './user-books.ts';

/** What one user has been counted with. */
interface Counted {
  /** Wallet less side x cost of the positions. */
  readonly money: bigint;
  readonly held: readonly { readonly symbol: string; readonly quantity: bigint }[];
}

/** Sums of the quantities in one symbol. */
interface Quantities {
  net: bigint;
  long: bigint;
}

/** INV-1 and INV-2 after every command: sums that are moved on by the users whom the command has touched. */
export class RunningSums {
  readonly #state: OracleState;
  readonly #counted = new Map<number, Counted>();
  readonly #quantities = new Map<string, Quantities>();
  #money = 0n;

  constructor(state: OracleState) {
    this.#state = state;
  }

  /** @throws OracleDifference when money has come from nowhere, or longs are not shorts */
  hold(): void {
    const { touched, fundingWallets, deposits, fees, rounding, external } = this.#state;
    for (const userId of touched) this.#count(this.#state.user(userId));
    const outside = total(fundingWallets.values()) + total(deposits.values()) + total(fees.commissions.values());
    const held = this.#money + outside + fees.fees + rounding;
    hold('INV-1: the money in all accounts', held === external, { seen: { held, external } });
    for (const [symbol, { net }] of this.#quantities)
      hold('INV-2: longs and shorts', net === 0n, { seen: { symbol, net } });
  }

  /** Sum of all longs in a symbol. */
  openInterest(symbol: string): bigint {
    return this.#quantities.get(symbol)?.long ?? 0n;
  }

  #count(user: UserBooks): void {
    const before = this.#counted.get(user.userId);
    const held = user.open.map(({ symbol, quantity }) => ({ symbol, quantity }));
    let money = user.wallet;
    for (const each of user.open) money -= sideOf(each) * each.cost;
    this.#counted.set(user.userId, { money, held });
    this.#money += money - (before?.money ?? 0n);
    for (const each of before?.held ?? []) this.#add(each.symbol, -1n, each.quantity);
    for (const each of held) this.#add(each.symbol, 1n, each.quantity);
  }

  #add(symbol: string, sign: bigint, quantity: bigint): void {
    const sums = this.#quantities.get(symbol) ?? { net: 0n, long: 0n };
    sums.net += sign * quantity;
    if (quantity > 0n) sums.long += sign * quantity;
    this.#quantities.set(symbol, sums);
  }
}
