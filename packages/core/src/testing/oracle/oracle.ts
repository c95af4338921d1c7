import type { Command } from '../../command.ts';
import type { Outcome } from '../../core.ts';
import type { Event, FillRecord, LedgerEntry, OrderRecord, PositionRecord } from '../../event.ts';
import type { CloseTrigger, ConditionType } from '../../exchange/enums.ts';
import type { SymbolParameters } from '../../exchange/symbol-parameters.ts';
import { holdAdmission } from './admission-check.ts';
import { agree, hold, OracleDifference } from './difference.ts';
import { ExpectedEntries } from './expected-entries.ts';
import { FeeBook } from './fee-book.ts';
import { ceil, floor, total, UNIT } from './fraction.ts';
import { ListedSymbol } from './listed-symbol.ts';
import { MarginAccount } from './margin-account.ts';
import { PendingConditions } from './pending-conditions.ts';
import {
  bookClosing,
  bookOpening,
  type Ending,
  endLife,
  holdClosingBalance,
  holdClosingPrice,
  holdOpening,
} from './position-booking.ts';
import { type Holding, lots, sideOf, UserBooks } from './user-books.ts';

/** One command with its time and all that the core said of it. */
export interface Turn extends Outcome {
  readonly sequence: number;
  readonly timeMs: number;
  readonly command: Command;
}

type Of<T extends Event['type']> = Extract<Event, { type: T }>;

const OPEN = new Set(['PENDING', 'PARTIALLY_FILLED']);

/**
 * A second venue that matches nothing: it reads commands, replies and events, books them by the rule book with exact fractions, and
 * throws an {@link OracleDifference} where the core says otherwise.
 */
export class Oracle {
  readonly symbols = new Map<string, ListedSymbol>();
  readonly users = new Map<number, UserBooks>();
  readonly fees = new FeeBook();
  readonly conditions = new PendingConditions();
  /** Residues of funding (SYM-3). */
  rounding = 0n;
  /** Came in minus went out (INV-1). */
  external = 0n;
  /** Users whose figures the last command can have changed. */
  readonly touched = new Set<number>();
  readonly #entries = new ExpectedEntries();
  readonly #agentOf = new Map<number, number>();
  /** Deposits of agents and funding wallets of users. */
  #deposits = new Map<number, bigint>();
  #fundingWallets = new Map<number, bigint>();
  readonly #configured = new Map<string, SymbolParameters>();
  readonly #endings: Ending[] = [];
  #timeMs = 0;
  #lastFillId = 0;
  #lastTradeId = 0;
  /** The trade whose fills are being read. */
  #trade: { readonly event: Of<'trade'>; fills: number } | undefined;
  /** Whether an agent moves money: then a transfer is told by its entries alone, and INV-1 holds them against each other. */
  #isAgents = false;
  #effect: (() => void) | undefined;

  /** @throws OracleDifference at the first figure of the events that is not the oracle's */
  read(turn: Turn): void {
    this.touched.clear();
    this.#timeMs = turn.timeMs;
    this.fees.beginDay(turn.timeMs, this.users.values());
    this.#isAgents = 'agentAuth' in turn.command;
    this.#takeCommand(turn);
    for (const event of turn.events) this.#take(event);
    this.#takeEffect();
    this.#agreeTradeWhole();
    if (this.#endings.length > 0)
      throw new OracleDifference('position-closed', { core: 'none', oracle: this.#endings[0] });
    this.#entries.finish([...this.touched].map((userId) => this.user(userId)));
    for (const userId of this.touched) this.#holdBound(userId);
    holdAdmission(this, turn);
  }

  user(userId: number): UserBooks {
    let user = this.users.get(userId);
    if (user === undefined) {
      user = new UserBooks(userId);
      user.agentId = this.#agentOf.get(userId) ?? 0;
      this.users.set(userId, user);
    }
    return user;
  }

  account(userId: number): MarginAccount {
    return new MarginAccount(this.user(userId), this);
  }

  symbol(name: string): ListedSymbol {
    const found = this.symbols.get(name);
    if (found === undefined) throw new Error(`${name} has not been listed`);
    return found;
  }

  /** Sum of all longs (INV-2 has it equal to the sum of all shorts). */
  openInterest(symbol: string): bigint {
    return total(this.#holdings(symbol).map(({ quantity }) => (quantity > 0n ? quantity : 0n)));
  }

  /** INV-1 and INV-2 from the oracle's own books. */
  holdInvariants(): void {
    const users = [...this.users.values()];
    const held = total([
      ...users.map(({ wallet }) => wallet),
      ...this.#fundingWallets.values(),
      ...this.#deposits.values(),
      ...this.fees.commissions.values(),
      this.fees.fees,
      this.rounding,
      ...users.flatMap(({ open }) => open.map((each) => -sideOf(each) * each.cost)),
    ]);
    hold('INV-1: the money in all accounts', held === this.external, { seen: { held, external: this.external } });
    for (const symbol of this.symbols.keys()) {
      const sum = total(this.#holdings(symbol).map(({ quantity }) => quantity));
      hold(`INV-2: longs and shorts of ${symbol}`, sum === 0n, { seen: sum });
    }
  }

  /** INV-7: reduce-only orders stay within their position, and nothing that ends with a position outlives it. */
  #holdBound(userId: number): void {
    const account = this.account(userId);
    const reducing = [...account.user.orders.values()].filter(({ reduceOnly }) => reduceOnly);
    for (const { symbol, side, positionSide } of reducing) {
      const same = reducing.filter((o) => o.symbol === symbol && o.side === side && o.positionSide === positionSide);
      const left = total(same.map((order) => BigInt(order.quantity - order.filledQuantity)));
      const closable = account.closable(symbol, side, positionSide);
      hold('INV-7: reduce-only orders and their position', left <= closable, { userId, seen: { symbol, left, closable } });
    }
    for (const bound of this.conditions.boundOf(userId))
      hold(
        'INV-7: a condition and its position',
        account.closable(bound.symbol, bound.side, bound.positionSide) > 0n,
        { userId, seen: bound },
      );
  }

  #holdings(symbol: string): Holding[] {
    return [...this.users.values()].flatMap(({ open }) => open.filter((each) => each.symbol === symbol));
  }

  #touch(userId: number): UserBooks {
    this.touched.add(userId);
    return this.user(userId);
  }

  /** What no event tells: the amounts and parameters that a command brings. What its time makes due comes before it (MAT-13). */
  #takeCommand({ command, reply }: Turn): void {
    this.#effect = undefined;
    if ('actor' in command) this.#touch(command.actor.userId);
    if (!reply.ok) return;
    switch (command.type) {
      case 'configure-symbol':
        this.#configured.set(command.parameters.symbol, command.parameters);
        return;
      case 'set-fee-schedule':
        this.#effect = () => this.fees.schedules.set(command.schedule.agentId, command.schedule);
        for (const { userId, agentId } of this.users.values())
          if (agentId === command.schedule.agentId) this.touched.add(userId);
        return;
      case 'adjust-wallet':
        this.#effect = () => {
          this.external += command.amount;
          this.#move(this.#touch(command.userId), command);
        };
        return;
      case 'adjust-isolated-margin':
        this.#effect = () => {
          const user = this.user(command.actor.userId);
          user.holding(command.symbol, command.positionSide).margin += command.amount;
          user.crossWallet -= command.amount;
        };
        return;
      default:
    }
  }

  /** Does what the command itself does, once. */
  #takeEffect(): void {
    this.#effect?.();
    this.#effect = undefined;
  }

  /** Money that comes in or, negative, goes out. */
  #move(user: UserBooks, { changeType, amount }: Pick<LedgerEntry, 'changeType' | 'amount'>): void {
    user.crossWallet += amount;
    this.#entries.expect(user, { changeType, amount, symbol: '' });
  }

  #take(event: Event): void {
    switch (event.type) {
      case 'order-updated':
        return this.#takeOrder(event);
      case 'trade':
        return this.#takeTrade(event);
      case 'ledger':
        return this.#takeEntry(event.entry);
      case 'position-changed':
        return this.#agreePosition(event.position);
      case 'position-closed':
        return this.#takeEnding(event);
      case 'account-updated':
        return this.#takeAccount(event);
      case 'condition-updated':
        this.#count(event.condition.userId, event.userSequence);
        return this.conditions.take(event.condition);
      case 'strategy-updated':
        return this.#count(event.strategy.userId, event.userSequence);
      case 'prices-updated': {
        const symbol = this.symbol(event.symbol);
        symbol.mark = BigInt(event.mark);
        symbol.index = BigInt(event.index);
        for (const { userId } of this.users.values()) this.touched.add(userId);
        return;
      }
      case 'funding-settled':
        return this.#takeFunding(event);
      case 'symbol-configured':
        return this.#configure(event);
      case 'symbol-delisting':
        return this.#takeDelisting(event);
      case 'leverage-changed':
        return this.#takeLeverage(event);
      case 'margin-mode-changed': {
        const { isolated } = this.#touch(event.userId);
        if (event.marginMode === 'ISOLATED') isolated.add(event.symbol);
        else isolated.delete(event.symbol);
        return;
      }
      case 'user-bound':
        this.#agentOf.set(event.userId, event.agentId);
        this.user(event.userId).agentId = event.agentId;
        return;
      case 'agent-ledger': {
        const { agentId, amount, changeType, depositAfter } = event.entry;
        if (changeType === 'ADJUSTMENT') this.external += amount;
        const deposit = (this.#deposits.get(agentId) ?? 0n) + amount;
        this.#deposits.set(agentId, deposit);
        return agree(`deposit of agent ${agentId}`, { core: depositAfter, oracle: deposit });
      }
      case 'funding-ledger': {
        const { userId, amount, availableAfter } = event.entry;
        const wallet = (this.#fundingWallets.get(userId) ?? 0n) + amount;
        this.#fundingWallets.set(userId, wallet);
        return agree('funding wallet', { userId, core: availableAfter, oracle: wallet });
      }
      default:
    }
  }

  /** A user's private events are counted without gaps. */
  #count(userId: number, sequence: number): void {
    const user = this.#touch(userId);
    agree('userSequence', { userId, core: sequence, oracle: user.eventSequence + 1 });
    user.eventSequence = sequence;
  }

  #takeOrder({ order, fill, userSequence }: Of<'order-updated'>): void {
    const { userId, orderId } = order;
    this.#count(userId, userSequence);
    const user = this.user(userId);
    const before = user.orders.get(orderId);
    const expected = {
      filledQuantity: (before?.filledQuantity ?? 0) + (fill?.quantity ?? 0),
      filledTickSteps: (before?.filledTickSteps ?? 0) + (fill === undefined ? 0 : fill.quantity * fill.price),
      handlingFee: (before?.handlingFee ?? 0n) + (fill?.handlingFee ?? 0n),
      realizedPnl: (before?.realizedPnl ?? 0n) + (fill?.realizedPnl ?? 0n),
    };
    for (const [figure, oracle] of Object.entries(expected))
      agree(`${figure} of order ${orderId}`, { userId, core: order[figure as keyof OrderRecord], oracle });
    hold(`INV-3: what is filled of order ${orderId}`, order.filledQuantity <= order.quantity, { userId, seen: order });
    if (fill !== undefined) this.#book(fill, order);
    if (OPEN.has(order.status)) user.orders.set(orderId, order);
    else user.orders.delete(orderId);
  }

  #takeTrade(event: Of<'trade'>): void {
    this.#agreeTradeWhole();
    agree('tradeId', { core: event.tradeId, oracle: this.#lastTradeId + 1 });
    this.#lastTradeId = event.tradeId;
    this.#trade = { event, fills: 0 };
    this.symbol(event.symbol).last = BigInt(event.price);
  }

  #agreeTradeWhole(): void {
    if (this.#trade !== undefined) agree('fills of a trade', { core: this.#trade.fills, oracle: 2 });
    this.#trade = undefined;
  }

  /** The maker's fill and then the taker's, each by the trade's figures (MAT-13). */
  #agreeFill(fill: FillRecord): void {
    const trade = this.#trade;
    if (trade === undefined) throw new OracleDifference('a fill', { core: fill, oracle: 'no trade' });
    const { event } = trade;
    const role = trade.fills++ === 0 ? 'maker' : 'taker';
    const takerBuys = event.takerSide === 'BUY';
    agree('fillId', { core: fill.fillId, oracle: this.#lastFillId + 1 });
    this.#lastFillId = fill.fillId;
    const expected = {
      role,
      tradeId: event.tradeId,
      symbol: event.symbol,
      price: event.price,
      quantity: event.quantity,
      orderId: role === 'maker' ? event.makerOrderId : event.takerOrderId,
      side: (role === 'taker') === takerBuys ? 'BUY' : 'SELL',
    };
    for (const [figure, oracle] of Object.entries(expected))
      agree(`${figure} of fill ${fill.fillId}`, { core: fill[figure as keyof FillRecord], oracle });
  }

  /** One side of a trade: POS-5, POS-6, MRG-2, MRG-11, FEE-1. */
  #book(fill: FillRecord, order: OrderRecord): void {
    this.#agreeFill(fill);
    const account = this.account(fill.userId);
    const { user } = account;
    const symbol = this.symbol(fill.symbol);
    const holding = user.holding(fill.symbol, fill.positionSide);
    const price = BigInt(fill.price);
    const quantity = BigInt(fill.quantity);
    const value = symbol.value(price, quantity);
    const rates = this.fees.rates(user, symbol, fill.role);
    const fee = this.fees.feeOf(value, rates);
    const wasLong = holding.quantity > 0n;
    const held = holding.quantity === 0n || wasLong === (fill.side === 'BUY') ? 0n : lots(holding);
    const closes = held < quantity ? held : quantity;
    const opens = quantity - closes;
    const closing = { quantity: closes, value: symbol.value(price, closes), atMs: fill.createdAtMs };
    const closingFee = opens === 0n ? fee : this.fees.feeOf(closing.value, rates);
    let pnl = 0n;
    if (closes > 0n) {
      agree('positionId of a fill', { userId: user.userId, core: fill.positionId, oracle: holding.life?.positionId });
      holdClosingPrice(account, holding, price);
      pnl = bookClosing(account, holding, { ...closing, fee: closingFee });
      holdClosingBalance(account, holding);
      if (holding.quantity === 0n)
        this.#endings.push(
          endLife(account, holding, { wasLong, trigger: this.#triggerOf(order), atMs: fill.createdAtMs }),
        );
    }
    if (opens > 0n) {
      // The id of a position that a flip begins is told by the position's own event.
      holding.life ??= newLife(closes > 0n ? 0 : fill.positionId, fill.createdAtMs);
      const opening = { quantity: opens, value: value - closing.value, fee: closes > 0n ? fee - closingFee : fee };
      bookOpening(account, holding, { ...opening, atMs: fill.createdAtMs, side: fill.side });
      holdOpening(account, holding);
    }
    const { userId } = user;
    agree('tradeValue', { userId, core: fill.tradeValue, oracle: value });
    agree('handlingFee', { userId, core: fill.handlingFee, oracle: fee });
    agree('realizedPnl', { userId, core: fill.realizedPnl, oracle: pnl });
    this.fees.book(user, value, rates);
    this.fees.traded(user, value);
    this.#entries.expect(user, { changeType: 'REALIZED_PNL', amount: pnl, symbol: fill.symbol });
    this.#entries.expect(user, { changeType: 'HANDLING_FEE', amount: -fee, symbol: fill.symbol });
  }

  #triggerOf(order: OrderRecord): CloseTrigger {
    const type = order.conditionId === undefined ? undefined : this.conditions.typeOf(order.conditionId);
    return type === undefined ? 'MANUAL' : TRIGGERS[type];
  }

  #takeEntry(entry: LedgerEntry): void {
    const user = this.#touch(entry.userId);
    if (TRANSFERS.has(entry.changeType) || entry.changeType === 'ADJUSTMENT') this.#takeEffect();
    if (this.#isAgents && TRANSFERS.has(entry.changeType)) this.#move(user, entry);
    this.#entries.read(user, entry);
  }

  #takeEnding({ closed }: Of<'position-closed'>): void {
    const { userId, positionId } = closed;
    const at = this.#endings.findIndex((each) => each.positionId === positionId);
    const [ending] = at === -1 ? [] : this.#endings.splice(at, 1);
    if (ending === undefined) throw new OracleDifference('position-closed', { userId, core: closed, oracle: 'none' });
    for (const [figure, oracle] of Object.entries(ending))
      agree(`${figure} of closed position ${closed.positionId}`, {
        userId,
        core: closed[figure as keyof typeof closed],
        oracle,
      });
  }

  #agreePosition({ userId, symbol, positionSide, positionId, quantity, cost, margin }: PositionRecord): void {
    const holding = this.#touch(userId).holding(symbol, positionSide);
    const name = `${symbol} ${positionSide}`;
    if (margin !== holding.margin) this.#takeEffect();
    if (holding.life?.positionId === 0) holding.life = { ...holding.life, positionId };
    agree(`positionId of ${name}`, { userId, core: positionId, oracle: holding.life?.positionId ?? 0 });
    agree(`quantity of ${name}`, { userId, core: quantity, oracle: Number(holding.quantity) });
    agree(`cost of ${name}`, { userId, core: cost, oracle: holding.cost });
    agree(`margin of ${name}`, { userId, core: margin, oracle: holding.margin });
  }

  /** Last of all, so what it says is what stands at the end of the command. */
  #takeAccount({ userId, userSequence, account, positions }: Of<'account-updated'>): void {
    this.#takeEffect();
    this.#count(userId, userSequence);
    const own = this.account(userId);
    agree('wallet', { userId, core: account.wallet, oracle: own.user.wallet });
    agree('frozen', { userId, core: account.frozen, oracle: own.frozen });
    agree('used', { userId, core: account.used, oracle: own.used });
    agree('available', { userId, core: account.available, oracle: own.available });
    for (const position of positions) this.#agreePosition(position);
  }

  /** MRG-6: an isolated margin below the new initial margin is topped up. */
  #takeLeverage({ userId, symbol, leverage }: Of<'leverage-changed'>): void {
    const user = this.#touch(userId);
    user.leverages.set(symbol, leverage);
    if (!user.isIsolated(symbol)) return;
    for (const holding of user.open.filter((each) => each.symbol === symbol)) {
      const needed = ceil(holding.cost, BigInt(leverage));
      if (holding.margin >= needed) continue;
      user.crossWallet -= needed - holding.margin;
      holding.margin = needed;
    }
  }

  /** FND-3: each position pays or gets; the residue is the rounding account's. */
  #takeFunding({ symbol, rate, mark }: Of<'funding-settled'>): void {
    const listed = this.symbol(symbol);
    agree(`mark of the funding of ${symbol}`, { core: BigInt(mark), oracle: listed.mark });
    let paid = 0n;
    for (const user of this.users.values())
      for (const holding of user.open.filter((each) => each.symbol === symbol)) {
        const exact = -sideOf(holding) * listed.value(listed.mark, lots(holding)) * BigInt(rate);
        const amount = floor(exact, UNIT);
        if (user.isIsolated(symbol)) holding.margin += amount;
        else user.crossWallet += amount;
        if (holding.life !== undefined) holding.life.funding += amount;
        paid -= amount;
        this.touched.add(user.userId);
        this.#entries.expect(user, { changeType: 'FUNDING_FEE', amount, symbol });
      }
    hold('SYM-3: the residue of funding', paid >= 0n, { seen: paid });
    this.rounding += paid;
  }

  #configure({ symbol, version }: Of<'symbol-configured'>): void {
    const parameters = this.#configured.get(symbol);
    if (parameters === undefined) throw new OracleDifference(`configuration of ${symbol}`, { core: version, oracle: 'none' });
    const listed = this.symbols.get(symbol) ?? new ListedSymbol(parameters);
    listed.parameters = parameters;
    agree(`version of ${symbol}`, { core: version, oracle: listed.version + 1 });
    listed.version = version;
    this.symbols.set(symbol, listed);
  }

  /** SYM-5: at its end every position is closed at the settlement price, without a fee. */
  #takeDelisting({ symbol, phase, settlement }: Of<'symbol-delisting'>): void {
    if (phase !== 'ENDED' || settlement === undefined) return;
    for (const { userId } of this.users.values()) {
      const account = this.account(userId);
      for (const holding of account.user.open.filter((each) => each.symbol === symbol)) {
        this.touched.add(userId);
        const quantity = lots(holding);
        const value = this.symbol(symbol).value(BigInt(settlement.price), quantity);
        const wasLong = holding.quantity > 0n;
        const atMs = this.#timeMs;
        const pnl = bookClosing(account, holding, { quantity, value, fee: 0n, atMs });
        this.#endings.push(endLife(account, holding, { wasLong, trigger: 'LIQUIDATION', atMs }));
        this.#entries.expect(account.user, { changeType: 'REALIZED_PNL', amount: pnl, symbol });
      }
    }
  }
}

const TRANSFERS = new Set([
  'TRANSFER_IN',
  'TRANSFER_OUT',
  'TRANSFER_REVERSE',
  'FUNDING_TO_CONTRACT',
  'CONTRACT_TO_FUNDING',
]);

/** POS-6: what the last fill came from. */
const TRIGGERS: Readonly<Record<ConditionType, CloseTrigger>> = {
  STOP_MARKET: 'STOP_LOSS',
  STOP_LIMIT: 'STOP_LOSS',
  TRAILING_STOP: 'STOP_LOSS',
  TAKE_PROFIT_MARKET: 'TAKE_PROFIT',
  TAKE_PROFIT_LIMIT: 'TAKE_PROFIT',
};

const newLife = (positionId: number, openedAtMs: number) => ({
  positionId,
  openedAtMs,
  maxQuantity: 0n,
  openedQuantity: 0n,
  openedValue: 0n,
  closedQuantity: 0n,
  closedValue: 0n,
  realizedPnl: 0n,
  funding: 0n,
});
