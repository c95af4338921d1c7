import type { WalletMove } from '../agency/ports.ts';
import type { OperatorCommand, TradingCommand } from '../command.ts';
import type { ExchangeReads } from '../reads.ts';
import { reject } from '../reject.ts';
import { type Accepted, DONE, type Reply } from '../reply.ts';
import type { StateReader } from '../state/reader.ts';
import type { StateWriter } from '../state/writer.ts';
import { asItStands } from './as-it-stands.ts';
import type { OrderBook } from './book/order-book.ts';
import { forgetEndedConditions } from './conditions/condition-lifecycle.ts';
import { cancelAllConditions, cancelCondition, placeCondition } from './conditions/place-condition.ts';
import { ExchangeView } from './exchange-reads.ts';
import { loadExchange, saveExchange } from './exchange-snapshot.ts';
import { ExchangeState, type ExchangeWiring } from './exchange-state.ts';
import { setFeeSchedule } from './fees/set-fee-schedule.ts';
import { utcDay } from './fees/traded-volume.ts';
import { amendmentFault, commandFault, orderFault, referenceFault } from './forms/command-form.ts';
import { adjustInsuranceFund } from './liquidation/insurance-fund.ts';
import { runLiquidations } from './liquidation/run-liquidations.ts';
import { adjustIsolatedMargin } from './margin/isolated-margin.ts';
import { availableBalance, frozenMargin } from './margin/margin.ts';
import { setMarginMode } from './margin/margin-mode.ts';
import { setLeverage } from './margin/set-leverage.ts';
import { forgetEndedOrders } from './matching/order-lifecycle.ts';
import { amendOrder } from './order-entry/amend-order.ts';
import { actOnDeadlines, cancelAllAfter } from './order-entry/cancel-all-after.ts';
import { cancelAllOrders, cancelOrder } from './order-entry/cancel-order.ts';
import { type OrderOutcome, placeOrder } from './order-entry/place-order.ts';
import { saveOrder } from './orders/order-snapshot.ts';
import { settle } from './settle.ts';
import { Step } from './step.ts';
import { placeStrategy } from './strategies/place-strategy.ts';
import { forgetEndedStrategies } from './strategies/strategy-lifecycle.ts';
import { configureSymbol } from './symbol-life/configure-symbol.ts';
import { advanceDelistings, delistSymbol } from './symbol-life/delist-symbol.ts';
import { updatePrices } from './update-prices.ts';

/** Largest batch of orders or amendments (MAT-10). */
export const MAX_BATCH = 20;
/** Largest batch of cancels. */
export const MAX_CANCEL_BATCH = 50;

/** The exchange: books, accounts and prices, changed by commands alone. Who may act is decided before it is called. */
export class Exchange {
  readonly state: ExchangeState;
  readonly reads: ExchangeReads;
  readonly #step: Step;

  constructor(timeMs: () => number, createBook: () => OrderBook, wiring: ExchangeWiring) {
    this.state = new ExchangeState(createBook, wiring);
    this.reads = new ExchangeView(this.state, timeMs);
    this.#step = new Step(this.state);
  }

  /** Begins a command with what its time has made due (MAT-13). */
  begin(timeMs: number): Step {
    this.state.revision++;
    const step = this.#step;
    step.begin(timeMs);
    forgetEndedOrders(step);
    forgetEndedConditions(step);
    forgetEndedStrategies(step);
    beginDay(this.state, utcDay(timeMs));
    actOnDeadlines(step);
    settle(step);
    advanceDelistings(step);
    followThrough(step);
    return step;
  }

  trade(step: Step, command: TradingCommand): Reply {
    const fault = commandFault(command);
    if (fault !== undefined) return fault;
    const reply = this.#act(step, command);
    return followThrough(step) || isBatch(reply) ? asItStands(this.state, reply) : reply;
  }

  #act(step: Step, command: TradingCommand): Reply {
    const { userId } = command.actor;
    switch (command.type) {
      case 'place-order':
        return placeOrder(step, userId, command.order);
      case 'place-orders':
        return batch(
          command.orders,
          MAX_BATCH,
          (order) => orderFault(order) ?? settled(step, placeOrder(step, userId, order)),
        );
      case 'cancel-order':
        return cancelOrder(step, userId, command.order);
      case 'cancel-orders':
        return batch(
          command.orders,
          MAX_CANCEL_BATCH,
          (order) => referenceFault(order) ?? settled(step, cancelOrder(step, userId, order)),
        );
      case 'amend-order':
        return amendOrder(step, userId, command.amendment);
      case 'amend-orders':
        return batch(
          command.amendments,
          MAX_BATCH,
          (item) => amendmentFault(item) ?? settled(step, amendOrder(step, userId, item)),
        );
      case 'cancel-all-orders':
        return { ok: true, kind: 'canceled-all', count: cancelAll(step, userId, command) };
      case 'place-condition':
        return placeCondition(step, userId, command.condition);
      case 'cancel-condition':
        return cancelCondition(step, userId, command.condition);
      case 'place-strategy':
        return placeStrategy(step, userId, command.strategy);
      case 'cancel-all-after':
        return cancelAllAfter(step, userId, command);
      case 'set-leverage':
        return setLeverage(step, userId, command);
      case 'set-margin-mode':
        return setMarginMode(step, userId, command);
      case 'adjust-isolated-margin':
        return adjustIsolatedMargin(step, userId, command);
    }
  }

  operate(step: Step, command: OperatorCommand): Reply {
    const fault = command.type === 'configure-symbol' ? undefined : commandFault(command);
    if (fault !== undefined) return fault;
    switch (command.type) {
      case 'configure-symbol':
        return configureSymbol(this.state, command);
      case 'delist-symbol':
        return delistSymbol(step, command);
      case 'update-prices':
        updatePrices(step, command);
        followThrough(step);
        return DONE;
      case 'set-fee-schedule':
        return setFeeSchedule(this.state, command);
      case 'adjust-wallet':
        return adjustWallet(step, command);
      case 'adjust-insurance-fund':
        return adjustInsuranceFund(step, command);
    }
  }

  /** What may leave a user's wallet now (MRG-10). */
  withdrawable(userId: number): bigint {
    const available = availableBalance(this.state.peekAccount(userId));
    return available > 0n ? available : 0n;
  }

  /** Books money that moves between a user's wallet and an account elsewhere in the venue; nothing comes in or goes out. */
  moveWallet(step: Step, move: WalletMove): void {
    const account = this.state.account(move.userId);
    const { amount, changeType, referenceId } = move;
    const frozen = frozenMargin(account);
    step.changeWallet(account, { amount, changeType, symbol: '', referenceId, frozen });
    step.touch(account, 'TRANSFER');
    followThrough(step);
  }

  /** Writes some of what has ended, which a snapshot then only copies. */
  prepareSave(): void {
    this.state.endedOrders.writeAhead(saveOrder);
  }

  save(writer: StateWriter): void {
    saveExchange(this.state, writer);
  }

  load(reader: StateReader): void {
    loadExchange(this.state, reader);
  }
}

function cancelAll(
  step: Step,
  userId: number,
  { symbol, cancelType = 0 }: Extract<TradingCommand, { type: 'cancel-all-orders' }>,
): number {
  if (cancelType === 2) return cancelAllConditions(step, userId, symbol);
  return cancelAllOrders(step, userId, { symbol, wanted: ({ type }) => cancelType === 0 || type === 'LIMIT' });
}

/** The first command of a UTC day sets every user's fee level for all of it (FEE-2). */
function beginDay(state: ExchangeState, day: number): void {
  if (day === state.feeDay) return;
  state.feeDay = day;
  for (const account of state.accounts.values()) account.beginDay(day);
}

const isBatch = (reply: Reply): boolean => reply.ok && reply.kind === 'batch';

/** Each item has all its consequences before the next (MAT-10). */
function settled(step: Step, outcome: OrderOutcome): OrderOutcome {
  followThrough(step);
  return outcome;
}

/**
 * What a command has caused: waiting legs and fires, then liquidations, each with what it causes in turn (MAT-13, parts 4 to 6).
 * @returns whether there was anything
 */
function followThrough(step: Step): boolean {
  const moved = settle(step);
  return runLiquidations(step, settle) || moved;
}

function batch<T>(items: readonly T[], longest: number, act: (item: T) => OrderOutcome): Reply {
  if (items.length < 1 || items.length > longest)
    return reject('OUT_OF_RANGE', { field: 'orders', value: String(items.length), rule: `1 to ${longest} items` });
  return { ok: true, kind: 'batch', results: items.map(act) };
}

/** Money from or to the outside; what leaves must be withdrawable (MRG-10). */
function adjustWallet(
  step: Step,
  command: Extract<OperatorCommand, { type: 'adjust-wallet' }>,
): Accepted | ReturnType<typeof reject> {
  const { state } = step;
  if (command.amount < 0n) {
    const available = availableBalance(state.peekAccount(command.userId));
    if (-command.amount > available)
      return reject('INSUFFICIENT_BALANCE', { field: 'amount', required: -command.amount, available });
  }
  const account = state.account(command.userId);
  const frozen = frozenMargin(account);
  step.changeWallet(account, {
    amount: command.amount,
    changeType: command.changeType,
    symbol: '',
    referenceId: 0,
    frozen,
  });
  state.external = (state.external + command.amount) as typeof state.external;
  step.touch(account, command.changeType === 'ADJUSTMENT' ? 'ADJUSTMENT' : 'TRANSFER');
  followThrough(step);
  return DONE;
}
