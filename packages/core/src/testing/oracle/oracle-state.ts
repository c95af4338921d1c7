import type { SymbolParameters } from '../../exchange/symbols/symbol-parameters.ts';
import { OracleDifference } from './difference.ts';
import { ExpectedEntries } from './expected-entries.ts';
import { FeeBook } from './fee-book.ts';
import { total } from './fraction.ts';
import { Levels } from './levels.ts';
import { ListedSymbol } from './listed-symbol.ts';
import { MarginAccount } from './margin-account.ts';
import { PendingConditions } from './pending-conditions.ts';
import type { Ending } from './position-booking.ts';
import { type Holding, UserBooks } from './user-books.ts';

/** Everything the oracle remembers. */
export class OracleState {
  timeMs = 0;
  /** Grows with every change of a mark. */
  marks = 0;
  /** Grows with every change of a symbol's parameters or a fee rate. */
  terms = 0;
  readonly symbols = new Map<string, ListedSymbol>();
  /** Parameters that commands have brought, by symbol; an event says when they hold. */
  readonly configured = new Map<string, SymbolParameters>();
  readonly users = new Map<number, UserBooks>();
  readonly fees = new FeeBook();
  readonly conditions = new PendingConditions();
  readonly entries = new ExpectedEntries();
  readonly levels = new Levels();
  /** Deposits of agents, and funding wallets of users. */
  readonly deposits = new Map<number, bigint>();
  readonly fundingWallets = new Map<number, bigint>();
  /** Residues of funding (SYM-3). */
  rounding = 0n;
  /** Came in minus went out (INV-1). */
  external = 0n;
  /** Users whose books the command can have changed. */
  readonly touched = new Set<number>();
  #begunAt = { marks: 0, terms: 0 };
  readonly #accounts = new Map<number, MarginAccount>();
  readonly #endings: Ending[] = [];

  user(userId: number): UserBooks {
    let user = this.users.get(userId);
    if (user === undefined) {
      user = new UserBooks(userId);
      this.users.set(userId, user);
    }
    return user;
  }

  touch(userId: number): UserBooks {
    this.touched.add(userId);
    return this.user(userId);
  }

  account(userId: number): MarginAccount {
    let account = this.#accounts.get(userId);
    if (account === undefined) {
      account = new MarginAccount(this.user(userId), this);
      this.#accounts.set(userId, account);
    }
    return account;
  }

  symbol(name: string): ListedSymbol {
    const found = this.symbols.get(name);
    if (found === undefined) throw new OracleDifference('symbol', { core: name, oracle: 'not listed' });
    return found;
  }

  /** Parameters that an event puts into effect (SYM-1). */
  configure(name: string): ListedSymbol {
    const parameters = this.configured.get(name);
    if (parameters === undefined) throw new OracleDifference('configuration', { core: name, oracle: 'none' });
    const symbol = this.symbols.get(name) ?? new ListedSymbol(parameters);
    if (symbol.hasEnded) throw new OracleDifference('SYM-5: configured after its end', { core: name, oracle: 'none' });
    symbol.parameters = parameters;
    symbol.version++;
    this.terms++;
    this.symbols.set(name, symbol);
    return symbol;
  }

  /** Open positions of all users in a symbol. */
  holdings(symbol: string): Holding[] {
    return [...this.users.values()].flatMap(({ open }) => open.filter((each) => each.symbol === symbol));
  }

  /** Sum of all longs. */
  openInterest(symbol: string): bigint {
    return total(this.holdings(symbol).map(({ quantity }) => (quantity > 0n ? quantity : 0n)));
  }

  /** A position has ended; its event must follow. */
  expectEnding(ending: Ending): void {
    this.#endings.push(ending);
  }

  takeEnding(positionId: number): Ending | undefined {
    const at = this.#endings.findIndex((each) => each.positionId === positionId);
    return at === -1 ? undefined : this.#endings.splice(at, 1)[0];
  }

  /** Users whose figures the command can have changed: everybody's, when it has brought prices or terms. */
  get moved(): Iterable<number> {
    const { marks, terms } = this.#begunAt;
    return marks === this.marks && terms === this.terms ? this.touched : this.users.keys();
  }

  /** A command begins. */
  begin(timeMs: number): void {
    this.touched.clear();
    this.#begunAt = { marks: this.marks, terms: this.terms };
    this.timeMs = timeMs;
    if (this.fees.beginDay(timeMs, this.users.values())) this.terms++;
  }

  /** At the end of a command nothing is left to be told. */
  finish(): void {
    const [untold] = this.#endings;
    if (untold !== undefined) throw new OracleDifference('position-closed', { core: 'none', oracle: untold });
    this.entries.finish([...this.touched].map((userId) => this.user(userId)));
  }
}
