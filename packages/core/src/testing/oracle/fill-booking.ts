import type { Event, FillRecord, OrderRecord } from '../../event.ts';
import type { CloseTrigger, ConditionType } from '../../exchange/enums.ts';
import { agree, OracleDifference } from './difference.ts';
import type { OracleState } from './oracle-state.ts';
import {
  bookClosing,
  bookOpening,
  endLife,
  holdClosingBalance,
  holdClosingPrice,
  holdOpening,
} from './position-booking.ts';
import { lots, newLife } from './user-books.ts';

type Trade = Extract<Event, { type: 'trade' }>;

/** POS-6: what the last fill came from. */
const TRIGGERS: Readonly<Record<ConditionType, CloseTrigger>> = {
  STOP_MARKET: 'STOP_LOSS',
  STOP_LIMIT: 'STOP_LOSS',
  TRAILING_STOP: 'STOP_LOSS',
  TAKE_PROFIT_MARKET: 'TAKE_PROFIT',
  TAKE_PROFIT_LIMIT: 'TAKE_PROFIT',
};

/** Trades and their two fills, booked one side after the other (MAT-13). */
export class FillBooking {
  readonly #state: OracleState;
  #lastTradeId = 0;
  #lastFillId = 0;
  #trade: { readonly event: Trade; fills: number } | undefined;

  constructor(state: OracleState) {
    this.#state = state;
  }

  takeTrade(event: Trade): void {
    this.finish();
    agree('tradeId', { core: event.tradeId, oracle: ++this.#lastTradeId });
    this.#trade = { event, fills: 0 };
    this.#state.symbol(event.symbol).last = BigInt(event.price);
  }

  /** A trade has been told whole. */
  finish(): void {
    if (this.#trade !== undefined) agree('fills of a trade', { core: this.#trade.fills, oracle: 2 });
    this.#trade = undefined;
  }

  /** One side of a trade: POS-5, POS-6, MRG-2, MRG-11, FEE-1. */
  book(fill: FillRecord, order: OrderRecord): void {
    this.#agreeFill(fill);
    const { fees, entries } = this.#state;
    const symbol = this.#state.symbol(fill.symbol);
    const account = this.#state.account(fill.userId);
    const { user } = account;
    const { userId } = user;
    const holding = user.holding(fill.symbol, fill.positionSide);
    const atMs = this.#state.timeMs;
    const price = BigInt(fill.price);
    const quantity = BigInt(fill.quantity);
    const value = symbol.value(price, quantity);
    const rates = fees.rates(user, symbol, fill.role);
    const fee = fees.feeOf(value, rates);
    const wasLong = holding.quantity > 0n;
    const held = holding.quantity === 0n || wasLong === (fill.side === 'BUY') ? 0n : lots(holding);
    const closes = held < quantity ? held : quantity;
    const opens = quantity - closes;
    const closedValue = symbol.value(price, closes);
    // The closing part pays the fee of its value, the opening part the rest; neither pays for the other (POS-5).
    const closingFee = closes === 0n ? 0n : opens === 0n ? fee : fees.feeOf(closedValue, rates);
    let pnl = 0n;
    if (closes > 0n) {
      agree('positionId of a fill', { userId, core: fill.positionId, oracle: holding.life?.positionId });
      holdClosingPrice(account, holding, price);
      pnl = bookClosing(account, holding, { quantity: closes, value: closedValue, fee: closingFee });
      holdClosingBalance(account, holding);
      if (holding.quantity === 0n)
        this.#state.expectEnding(endLife(account, holding, { wasLong, trigger: this.#triggerOf(order), atMs }));
    }
    if (opens > 0n) {
      // The id of a position that a flip begins is told by the position's own event.
      holding.life ??= newLife(closes > 0n ? 0 : fill.positionId, atMs);
      const part = { quantity: opens, value: value - closedValue, fee: fee - closingFee };
      bookOpening(account, holding, { ...part, side: fill.side });
      holdOpening(account, holding);
    }
    agree('tradeValue', { userId, core: fill.tradeValue, oracle: value });
    agree('handlingFee', { userId, core: fill.handlingFee, oracle: fee });
    agree('realizedPnl', { userId, core: fill.realizedPnl, oracle: pnl });
    fees.book(user, value, rates);
    fees.traded(user, value);
    entries.expect(user, { changeType: 'REALIZED_PNL', amount: pnl, symbol: fill.symbol });
    entries.expect(user, { changeType: 'HANDLING_FEE', amount: -fee, symbol: fill.symbol });
  }

  /** The maker's fill and then the taker's, each by the trade's figures. */
  #agreeFill(fill: FillRecord): void {
    const trade = this.#trade;
    if (trade === undefined) throw new OracleDifference('a fill', { core: fill, oracle: 'no trade' });
    const { event } = trade;
    const role = trade.fills++ === 0 ? 'maker' : 'taker';
    const expected = {
      fillId: ++this.#lastFillId,
      role,
      tradeId: event.tradeId,
      symbol: event.symbol,
      price: event.price,
      quantity: event.quantity,
      orderId: role === 'maker' ? event.makerOrderId : event.takerOrderId,
      side: (role === 'taker') === (event.takerSide === 'BUY') ? 'BUY' : 'SELL',
    };
    for (const [figure, oracle] of Object.entries(expected))
      agree(`${figure} of fill ${fill.fillId}`, { core: fill[figure as keyof FillRecord], oracle });
  }

  #triggerOf({ conditionId }: OrderRecord): CloseTrigger {
    const type = conditionId === undefined ? undefined : this.#state.conditions.typeOf(conditionId);
    return type === undefined ? 'MANUAL' : TRIGGERS[type];
  }
}
