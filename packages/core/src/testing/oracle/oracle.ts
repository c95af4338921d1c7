import type { Event, LedgerEntry, OrderRecord, PositionRecord } from '../../event.ts';
import { holdAdmission, holdSpending, isSpending, spenderOf } from './admission-check.ts';
import { agree, hold, OracleDifference } from './difference.ts';
import { FillBooking } from './fill-booking.ts';
import { FUND } from './fund.ts';
import { LiquidationBook } from './liquidation-book.ts';
import { MarginCalls } from './margin-calls.ts';
import { holdBound, holdSafe } from './oracle-invariants.ts';
import { OracleState } from './oracle-state.ts';
import { PriceReader } from './price-reader.ts';
import { RunningSums } from './running-sums.ts';
import { fundSpare } from './takeover.ts';
import type { Turn } from './turn.ts';
import { standing, unitsOf } from './unit.ts';
import type { Holding, UserBooks } from './user-books.ts';
import { bookAgentLedger, bookFunding, bookFundingLedger, bookLeverage, bookSettlement } from './venue-booking.ts';

type Of<T extends Event['type']> = Extract<Event, { type: T }>;

const OPEN = new Set(['PENDING', 'PARTIALLY_FILLED']);

/** Ledger entries of money that comes to a wallet, or leaves it, from elsewhere. */
const MOVES = new Set<LedgerEntry['changeType']>([
  'TRANSFER_IN',
  'TRANSFER_OUT',
  'TRANSFER_REVERSE',
  'FUNDING_TO_CONTRACT',
  'CONTRACT_TO_FUNDING',
  'ADJUSTMENT',
]);

/**
 * A second venue that matches nothing: it reads commands, replies and events, books them by the rule book with exact fractions, and
 * throws an {@link OracleDifference} where the core says otherwise.
 */
export class Oracle {
  readonly state = new OracleState();
  readonly sums = new RunningSums(this.state);
  readonly #liquidations = new LiquidationBook(this.state);
  readonly #fills = new FillBooking(this.state, this.#liquidations);
  readonly #calls = new MarginCalls(this.state);
  readonly #prices = new PriceReader(this.state);
  /** Whether an agent moves money: then a move is told by its entries alone, and INV-1 holds them against each other. */
  #isAgents = false;
  /** What the command itself does and no event tells; what its time makes due comes before it (MAT-13). */
  #effect: (() => void) | undefined;

  /** @throws OracleDifference at the first figure of the events that is not the oracle's */
  read(turn: Turn): void {
    const { state } = this;
    state.begin(turn.timeMs);
    state.levels.begin();
    const availableBefore = isSpending(turn) ? state.account(spenderOf(turn)).available : 0n;
    const fundBefore = state.user(FUND).crossWallet;
    this.#liquidations.begin(turn.events);
    this.#calls.begin();
    this.#prices.begin(turn.command);
    this.#takeCommand(turn);
    turn.events.forEach((event, at) => {
      this.#liquidations.advance(at);
      this.#take(event);
    });
    this.#takeEffect();
    this.#fills.finish();
    this.#liquidations.finish();
    state.finish();
    if (turn.command.type === 'update-prices') this.#liquidations.offers.finish();
    for (const userId of state.touched) if (userId !== FUND) holdBound(state, userId);
    for (const userId of state.moved) if (userId !== FUND) this.#holdUnits(userId);
    this.sums.hold();
    state.levels.finish();
    this.#holdDeficit(turn.events, fundBefore);
    holdAdmission(state, turn);
    holdSpending(state, turn, availableBefore);
    this.#agreeReply(turn);
  }

  /** What holds of a user after every command. */
  #holdUnits(userId: number): void {
    const { state } = this;
    for (const unit of unitsOf(state.account(userId))) {
      const at = standing(unit);
      this.#calls.finish(unit, at);
      holdSafe(state, unit, at);
    }
  }

  #takeCommand({ command, reply }: Turn): void {
    const { state } = this;
    this.#isAgents = 'agentAuth' in command;
    this.#effect = undefined;
    if ('actor' in command) state.touch(command.actor.userId);
    if (!reply.ok) return;
    switch (command.type) {
      case 'configure-symbol':
        state.configured.set(command.parameters.symbol, command.parameters);
        return;
      case 'set-fee-schedule':
        this.#effect = () => {
          state.fees.schedules.set(command.schedule.agentId, command.schedule);
          state.terms++;
        };
        for (const { userId, agentId } of state.users.values())
          if (agentId === command.schedule.agentId) state.touch(userId);
        return;
      case 'adjust-wallet':
        this.#effect = () => {
          state.external += command.amount;
          this.#move(state.touch(command.userId), command);
        };
        return;
      case 'adjust-insurance-fund':
        hold('LIQ-7: what leaves the fund', command.amount > 0n || -command.amount <= fundSpare(state), {
          seen: command,
        });
        this.#effect = () => {
          const { amount } = command;
          state.external += amount;
          this.#move(state.touch(FUND), { amount, changeType: amount < 0n ? 'TRANSFER_OUT' : 'TRANSFER_IN' });
        };
        return;
      case 'adjust-isolated-margin':
        this.#effect = () => {
          const user = state.user(command.actor.userId);
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

  #take(event: Event): void {
    const { state } = this;
    switch (event.type) {
      case 'order-updated':
        this.#takeOrder(event);
        break;
      case 'trade':
        this.#fills.takeTrade(event);
        break;
      case 'depth-changed':
        state.levels.take(event);
        break;
      case 'ledger':
        this.#takeEntry(event.entry);
        break;
      case 'position-changed':
        this.#agreePosition(event.position);
        break;
      case 'position-closed':
        this.#takeEnding(event);
        break;
      case 'account-updated':
        this.#takeAccount(event);
        break;
      case 'condition-updated':
        this.#count(event.condition.userId, event.userSequence);
        state.conditions.take(event.condition);
        break;
      case 'strategy-updated':
        this.#count(event.strategy.userId, event.userSequence);
        break;
      case 'prices-updated':
        this.#prices.take(event);
        break;
      case 'margin-call':
        this.#count(event.userId, event.userSequence);
        this.#calls.take(event);
        break;
      case 'liquidation-step':
        this.#liquidations.takeStep(event);
        this.#calls.positionMoved(event.userId);
        break;
      case 'funding-settled':
        bookFunding(state, event);
        break;
      case 'symbol-configured':
        agree(`version of ${event.symbol}`, { core: event.version, oracle: state.configure(event.symbol).version });
        break;
      case 'symbol-delisting':
        for (const userId of bookSettlement(state, event)) this.#calls.positionMoved(userId);
        break;
      case 'leverage-changed':
        bookLeverage(state, event);
        break;
      case 'margin-mode-changed':
        state.touch(event.userId).setMarginMode(event.symbol, event.marginMode);
        break;
      case 'user-bound':
        state.user(event.userId).agentId = event.agentId;
        break;
      case 'agent-ledger':
        bookAgentLedger(state, event);
        break;
      case 'funding-ledger':
        bookFundingLedger(state, event);
        break;
      default:
    }
  }

  /** A user's private events are counted without gaps. */
  #count(userId: number, sequence: number): void {
    const user = this.state.touch(userId);
    agree('userSequence', { userId, core: sequence, oracle: ++user.eventSequence });
  }

  #takeOrder({ order, fill, userSequence, executionType }: Of<'order-updated'>): void {
    const { userId, orderId } = order;
    this.#count(userId, userSequence);
    const user = this.state.user(userId);
    const before = user.orders.get(orderId);
    if (executionType === 'NEW') this.#liquidations.takeNew(order);
    if (executionType === 'EXPIRED' && order.rejectReason === 'LIQUIDATION') this.#liquidations.takeEnded(order);
    const expected = {
      filledQuantity: (before?.filledQuantity ?? 0) + (fill?.quantity ?? 0),
      filledTickSteps: (before?.filledTickSteps ?? 0) + (fill === undefined ? 0 : fill.quantity * fill.price),
      handlingFee: (before?.handlingFee ?? 0n) + (fill?.handlingFee ?? 0n),
      realizedPnl: (before?.realizedPnl ?? 0n) + (fill?.realizedPnl ?? 0n),
    };
    for (const [figure, oracle] of Object.entries(expected))
      agree(`${figure} of order ${orderId}`, { userId, core: order[figure as keyof OrderRecord], oracle });
    hold(`INV-3: what is filled of order ${orderId}`, order.filledQuantity <= order.quantity, { userId, seen: order });
    if (fill !== undefined) {
      this.#fills.book(fill, order);
      this.#calls.positionMoved(userId);
    }
    const isOpen = OPEN.has(order.status);
    if (isOpen) user.putOrder(order);
    else user.dropOrder(order);
    this.state.levels.move(before, isOpen ? order : undefined);
  }

  #takeEntry(entry: LedgerEntry): void {
    const user = this.state.touch(entry.userId);
    if (MOVES.has(entry.changeType)) {
      this.#takeEffect();
      if (this.#isAgents) this.#move(user, entry);
    } else this.#liquidations.takeEntry(entry);
    this.state.entries.read(user, entry);
  }

  #move(user: UserBooks, { changeType, amount }: Pick<LedgerEntry, 'changeType' | 'amount'>): void {
    user.crossWallet += amount;
    this.state.entries.expect(user, { changeType, amount, symbol: '' });
  }

  #takeEnding({ closed }: Of<'position-closed'>): void {
    const { userId, positionId } = closed;
    const ending = this.state.takeEnding(positionId);
    if (ending === undefined) throw new OracleDifference('position-closed', { userId, core: closed, oracle: 'none' });
    for (const [figure, oracle] of Object.entries(ending))
      agree(`${figure} of closed position ${positionId}`, {
        userId,
        core: closed[figure as keyof typeof closed],
        oracle,
      });
  }

  #agreePosition({ userId, symbol, positionSide, positionId, quantity, cost, margin }: PositionRecord): void {
    const user = this.state.touch(userId);
    const holding = user.holding(symbol, positionSide);
    const name = `${symbol} ${positionSide}`;
    if (margin !== holding.margin) this.#takeEffect();
    if (margin === 0n && holding.quantity === 0n && holding.margin > 0n) release(user, holding);
    if (holding.life?.positionId === 0) holding.life = { ...holding.life, positionId };
    agree(`positionId of ${name}`, { userId, core: positionId, oracle: holding.life?.positionId ?? 0 });
    agree(`quantity of ${name}`, { userId, core: quantity, oracle: Number(holding.quantity) });
    agree(`cost of ${name}`, { userId, core: cost, oracle: holding.cost });
    agree(`margin of ${name}`, { userId, core: margin, oracle: holding.margin });
  }

  /** LIQ-7: a wallet of the fund that has fallen below 0 is told. */
  #holdDeficit(events: readonly Event[], before: bigint): void {
    const told = events.findLast(({ type }) => type === 'insurance-fund-deficit');
    const { crossWallet } = this.state.user(FUND);
    if (told?.type === 'insurance-fund-deficit')
      agree('LIQ-7: deficit of the fund', { core: told.wallet, oracle: crossWallet });
    hold('LIQ-7: a deficit of the fund is told', told !== undefined || crossWallet >= 0n || crossWallet >= before, {
      seen: { before, crossWallet },
    });
  }

  /** Last of all, so what it says is what stands at the end of the command. */
  #takeAccount({ userId, userSequence, account, positions }: Of<'account-updated'>): void {
    this.#takeEffect();
    this.#count(userId, userSequence);
    const own = this.state.account(userId);
    agree('wallet', { userId, core: account.wallet, oracle: own.user.wallet });
    agree('frozen', { userId, core: account.frozen, oracle: own.frozen });
    agree('used', { userId, core: account.used, oracle: own.used });
    agree('available', { userId, core: account.available, oracle: own.available });
    for (const position of positions) this.#agreePosition(position);
  }

  /** MAT-15: the reply's order is the order as the command left it. */
  #agreeReply({ reply, events }: Turn): void {
    if (!reply.ok || reply.kind !== 'order') return;
    const { orderId, userId } = reply.order;
    const last = events.findLast((event) => event.type === 'order-updated' && event.order.orderId === orderId);
    if (last?.type !== 'order-updated') return;
    for (const figure of ['status', 'quantity', 'filledQuantity', 'filledTickSteps', 'handlingFee', 'price'] as const)
      agree(`${figure} of the reply`, { userId, core: reply.order[figure], oracle: last.order[figure] });
  }
}

/** LIQ-2: what a liquidation has left of an isolated margin goes to the cross wallet when the position is gone. */
function release(user: UserBooks, holding: Holding): void {
  user.crossWallet += holding.margin;
  holding.margin = 0n;
}
