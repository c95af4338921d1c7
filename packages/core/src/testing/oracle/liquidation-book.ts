import type { Event, FillRecord, LedgerEntry, OrderRecord } from '../../event.ts';
import type { ChangeType } from '../../exchange/enums.ts';
import type { LiquidationStep } from '../../exchange/liquidation/liquidation-event.ts';
import { agree, hold, OracleDifference, text } from './difference.ts';
import { FUND } from './fund.ts';
import { FundOffers } from './fund-offers.ts';
import { LiquidationRound } from './liquidation-round.ts';
import type { OracleState } from './oracle-state.ts';
import { Reduction } from './reduction.ts';
import { agreeFigures, type Figures, figuresOf } from './step-figures.ts';
import { isBelow, standing, type Unit } from './unit.ts';
import { lots } from './user-books.ts';

/** How one side of a fill is booked. */
export interface Manner {
  /** The venue closes this side: no fee, no volume, no look at its margin (FEE-1, FEE-2, MRG-11). */
  readonly isVenues: boolean;
  /** An isolated margin is not released on the way (LIQ-2). */
  readonly keepsMargin: boolean;
  readonly pnlType: ChangeType;
}

const ORDINARY: Manner = { isVenues: false, keepsMargin: false, pnlType: 'REALIZED_PNL' };
const VENUES: Manner = { ...ORDINARY, isVenues: true };

type Of<A extends LiquidationStep['detail']['action']> = Extract<LiquidationStep['detail'], { action: A }>;

/**
 * Everything that the venue does to who is below maintenance (LIQ-1 to LIQ-4, LIQ-7), worked out from the books when its first event
 * comes, and held against the step that tells it. Each of its orders and fills belongs to the next step that is told.
 */
export class LiquidationBook {
  readonly #state: OracleState;
  readonly #round: LiquidationRound;
  readonly offers: FundOffers;
  #steps: readonly { readonly at: number; readonly step: LiquidationStep }[] = [];
  /** Trades on the tape; a fill of another one was made outside the book. */
  #trades: ReadonlySet<number> = new Set();
  #offBookOrders: ReadonlySet<number> = new Set();
  #reduction: Reduction | undefined;
  #before: Figures | undefined;
  #canceled: number[] = [];
  #lastId = 0;
  #told = { liquidationId: 0, step: 0 };

  constructor(state: OracleState) {
    this.#state = state;
    this.#round = new LiquidationRound(state);
    this.offers = new FundOffers(state);
  }

  /** A command's events are about to be read. */
  begin(events: readonly Event[]): void {
    this.#round.begin();
    this.offers.begin();
    this.#canceled = [];
    if (!events.some(({ type }) => type === 'liquidation-step')) {
      this.#steps = [];
      this.#offBookOrders = new Set();
      return;
    }
    this.#steps = events.flatMap((event, at) => (event.type === 'liquidation-step' ? [{ at, step: event }] : []));
    this.#trades = new Set(events.flatMap((event) => (event.type === 'trade' ? [event.tradeId] : [])));
    this.#offBookOrders = new Set(
      events.flatMap((event) =>
        event.type === 'order-updated' && event.fill !== undefined && !this.#trades.has(event.fill.tradeId)
          ? [event.order.orderId]
          : [],
      ),
    );
  }

  /** Steps told before this event are through. */
  advance(at: number): void {
    while (this.#steps[0] !== undefined && this.#steps[0].at < at) this.#steps = this.#steps.slice(1);
  }

  isOffBook(fill: FillRecord): boolean {
    return this.#steps.length > 0 && !this.#trades.has(fill.tradeId);
  }

  /** An order has come; when it is the venue's, it begins a step or an offer. */
  takeNew(order: OrderRecord): void {
    if (this.#isReducing(order)) {
      const unit = this.#unit;
      this.#reduction = new Reduction(this.#state, unit, order);
    } else if (order.userId === FUND && !this.#offBookOrders.has(order.orderId)) this.offers.take(order);
  }

  /** An order has ended by a rule of the ladder. */
  takeEnded(order: OrderRecord): void {
    this.#canceled.push(order.orderId);
  }

  /** One side of a fill in the book, before it is booked. `makerId` is the user behind the maker's side. */
  ofBook(fill: FillRecord, order: OrderRecord, makerId: number): Manner {
    if (order.userId === FUND) {
      hold('LIQ-7: a fill of the fund in the book is of an offer', this.offers.has(order), { seen: order });
      return VENUES;
    }
    if (!this.#isReducing(order)) return ORDINARY;
    this.#reduction?.takeBookFill(fill, makerId);
    return { ...VENUES, keepsMargin: true };
  }

  /** One side of a fill outside the book, before it is booked. */
  ofOffBook(fill: FillRecord): Manner {
    const { step } = this;
    if (step.detail.action === 'SET_OFF') {
      if (fill.role === 'maker') this.#takeSetOff(step, fill);
      return VENUES;
    }
    const reduction = this.#reduction;
    if (step.detail.action !== 'REDUCE' || reduction === undefined)
      throw new OracleDifference('a fill outside the book', { core: fill, oracle: 'no step that makes one' });
    if (fill.role === 'taker') return { ...VENUES, keepsMargin: true };
    return { ...VENUES, pnlType: reduction.takeRest(fill) === 'ADL' ? 'ADL' : 'REALIZED_PNL' };
  }

  /** A ledger entry that the ladder causes, before it is read. */
  takeEntry({ userId, changeType, amount }: LedgerEntry): void {
    if (changeType === 'LIQUIDATION_FEE') this.#reduction?.bookFee();
    if (changeType !== 'INSURANCE' || userId === FUND) return;
    const unit = this.#unit;
    const { user } = unit.account;
    this.#before = figuresOf(unit, this.#state.timeMs);
    const { held, wallet } = standing(unit);
    hold('LIQ-4: the fund pays for who has no position left', held.length === 0 && wallet < 0n, {
      userId,
      seen: { held: held.length, wallet, amount },
    });
    const fund = this.#state.touch(FUND);
    fund.crossWallet += wallet;
    if (unit.holding === undefined) user.crossWallet -= wallet;
    else unit.holding.margin -= wallet;
    const entry = { changeType, symbol: unit.holding?.symbol ?? '' };
    this.#state.entries.expect(user, { ...entry, amount: -wallet });
    this.#state.entries.expect(fund, { ...entry, amount: wallet });
  }

  /** A step as it is told, against what has been worked out for it. */
  takeStep(step: LiquidationStep): void {
    this.#agreeNumber(step);
    const { userId, detail } = step;
    const unit = this.#unit;
    const now = figuresOf(unit, this.#state.timeMs);
    switch (detail.action) {
      case 'CANCEL_ORDERS':
        this.#before = now;
        this.#agreeCanceled(unit, detail);
        break;
      case 'REDUCE':
        if (this.#reduction === undefined)
          throw new OracleDifference('a step', { core: step, oracle: 'no order of it' });
        this.#reduction.agree(step, detail.reduction);
        this.#before = this.#reduction.before;
        this.#reduction = undefined;
        break;
      case 'COVER':
        agree('LIQ-4: amount of a cover', { userId, core: -detail.amount, oracle: this.#before?.get('wallet') });
        break;
      case 'SET_OFF':
        break;
    }
    if (this.#before === undefined)
      throw new OracleDifference('a step', { userId, core: step, oracle: 'nothing done' });
    agreeFigures('before', { userId, told: step.before, own: this.#before });
    agreeFigures('after', { userId, told: step.after, own: now });
    this.#before = undefined;
    this.#canceled = [];
  }

  /** At the end of a command no step is left half done. */
  finish(): void {
    if (this.#reduction !== undefined)
      throw new OracleDifference('a step', { core: 'not told', oracle: text(this.#reduction.holding) });
  }

  /** The step that is told next. */
  get step(): LiquidationStep {
    const [next] = this.#steps;
    if (next === undefined) throw new OracleDifference('a step', { core: 'none', oracle: 'one is to be told' });
    return next.step;
  }

  /** Who that step is for. */
  get #unit(): Unit {
    const { userId, marginMode, symbol, positionSide } = this.step;
    const account = this.#state.account(userId);
    if (marginMode === 'CROSS') return { account, holding: undefined };
    const { user } = account;
    hold('a step of an isolated position', user.isIsolated(symbol), { userId, seen: symbol });
    return { account, holding: user.holding(symbol, positionSide) };
  }

  #isReducing({ orderId }: OrderRecord): boolean {
    const detail = this.#steps[0]?.step.detail;
    return detail?.action === 'REDUCE' && detail.reduction.orderId === orderId;
  }

  /** Liquidations are counted, and the steps of each; a cover outside one has number 0. */
  #agreeNumber({ userId, liquidationId, step, detail }: LiquidationStep): void {
    const begins = detail.action === 'CANCEL_ORDERS';
    const outside = detail.action === 'COVER' && this.#told.liquidationId !== liquidationId;
    const expected = begins
      ? { liquidationId: this.#lastId + 1, step: 1 }
      : outside
        ? { liquidationId: 0, step: 1 }
        : { liquidationId: this.#told.liquidationId, step: this.#told.step + 1 };
    if (liquidationId !== 0) {
      agree('liquidationId', { userId, core: liquidationId, oracle: expected.liquidationId });
      agree('number of a step', { userId, core: step, oracle: expected.step });
    } else hold('a step outside a liquidation', detail.action === 'COVER' && step === 1, { userId, seen: detail });
    if (begins) this.#lastId = liquidationId;
    this.#told = liquidationId === 0 ? this.#told : { liquidationId, step };
  }

  /** LIQ-1 and LIQ-2 (1): the right one begins, and nothing is left that could open. */
  #agreeCanceled(unit: Unit, { orderIds }: Of<'CANCEL_ORDERS'>): void {
    const { user } = unit.account;
    const { userId } = user;
    this.#round.take(unit);
    agree('LIQ-2: canceled orders', { userId, core: orderIds.join(), oracle: this.#canceled.join() });
    hold(
      'LIQ-2: orders end by ascending id',
      orderIds.every((id, k) => k === 0 || id > (orderIds[k - 1] ?? 0)),
      {
        userId,
        seen: orderIds,
      },
    );
    const { holding } = unit;
    const left = [...user.orders.values()].find(
      ({ symbol, positionSide, reduceOnly }) =>
        !reduceOnly &&
        this.#state.symbol(symbol).parameters.status !== 'HALTED' &&
        (holding === undefined
          ? !user.isIsolated(symbol)
          : symbol === holding.symbol && positionSide === holding.positionSide),
    );
    hold('LIQ-2: orders that could open are canceled first', left === undefined, { userId, seen: left });
  }

  /** LIQ-2 (2): the first symbol in listing order that has both legs, all of the smaller one, at mark. */
  #takeSetOff(step: LiquidationStep, fill: FillRecord): void {
    const unit = this.#unit;
    const { user } = unit.account;
    const { userId } = user;
    const at = standing(unit);
    hold('LIQ-2: who is set off is below maintenance', unit.holding === undefined && isBelow(at), { userId, seen: at });
    this.#before ??= figuresOf(unit, this.#state.timeMs);
    const symbol = [...this.#state.symbols.keys()].find(
      (name) =>
        !this.#state.symbol(name).isPaused(this.#state.timeMs) &&
        at.held.filter((each) => each.symbol === name).length === 2,
    );
    const [long, short] = at.held.filter((each) => each.symbol === symbol);
    if (symbol === undefined || long === undefined || short === undefined)
      throw new OracleDifference('LIQ-2: a set-off', { userId, core: fill, oracle: 'no hedge' });
    const quantity = Number(lots(long) < lots(short) ? lots(long) : lots(short));
    const price = Number(this.#state.symbol(symbol).mark);
    const expected = { userId, symbol, side: 'BUY', positionSide: 'SHORT', price, quantity };
    for (const [figure, oracle] of Object.entries(expected))
      agree(`LIQ-2: ${figure} of a set-off`, { userId, core: fill[figure as keyof FillRecord], oracle });
    if (step.detail.action === 'SET_OFF')
      agree('LIQ-4: a set-off', { userId, core: text(step.detail.setOff), oracle: text({ symbol, quantity, price }) });
  }
}
