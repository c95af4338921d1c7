import type { Event, FillRecord, OrderRecord } from '../../event.ts';
import type { CloseTrigger, ConditionType } from '../../exchange/enums.ts';
import { agree, hold, OracleDifference } from './difference.ts';
import type { LiquidationBook, Manner } from './liquidation-book.ts';
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

/** A trade whose two fills are being told: one of the tape, or the maker's side of one outside the book. */
interface Told {
  readonly tradeId: number;
  readonly maker: FillRecord | undefined;
  /** Left out for one outside the book. */
  readonly trade: Trade | undefined;
  readonly fills: number;
}

/** Trades and their two fills, booked one side after the other (MAT-13). */
export class FillBooking {
  readonly #state: OracleState;
  readonly #liquidations: LiquidationBook;
  #lastTradeId = 0;
  #lastFillId = 0;
  #told: Told | undefined;

  constructor(state: OracleState, liquidations: LiquidationBook) {
    this.#state = state;
    this.#liquidations = liquidations;
  }

  takeTrade(trade: Trade): void {
    this.finish();
    this.#begin(trade.tradeId, trade);
    this.#state.symbol(trade.symbol).last = BigInt(trade.price);
  }

  #begin(tradeId: number, trade: Trade | undefined): void {
    agree('tradeId', { core: tradeId, oracle: ++this.#lastTradeId });
    this.#told = { tradeId, trade, maker: undefined, fills: 0 };
  }

  /** A trade has been told whole. */
  finish(): void {
    if (this.#told !== undefined) agree('fills of a trade', { core: this.#told.fills, oracle: 2 });
    this.#told = undefined;
  }

  /** One side of a trade: POS-5, POS-6, MRG-2, MRG-11, FEE-1, and LIQ-2 for the venue's own. */
  book(fill: FillRecord, order: OrderRecord): void {
    const manner = this.#mannerOf(fill, order);
    const { isVenues } = manner;
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
    const feeOf = (of: bigint): bigint => (isVenues ? 0n : fees.feeOf(of, rates));
    const fee = feeOf(value);
    const wasLong = holding.quantity > 0n;
    const held = holding.quantity === 0n || wasLong === (fill.side === 'BUY') ? 0n : lots(holding);
    const closes = held < quantity ? held : quantity;
    const opens = quantity - closes;
    const closedValue = symbol.value(price, closes);
    // The closing part pays the fee of its value, the opening part the rest; neither pays for the other (POS-5).
    const closingFee = closes === 0n ? 0n : opens === 0n ? fee : feeOf(closedValue);
    let pnl = 0n;
    if (closes > 0n) {
      agree('positionId of a fill', { userId, core: fill.positionId, oracle: holding.life?.positionId });
      if (!isVenues) holdClosingPrice(account, holding, price);
      const part = { quantity: closes, value: closedValue, fee: closingFee, keepsMargin: manner.keepsMargin };
      pnl = bookClosing(account, holding, part);
      if (!isVenues) holdClosingBalance(account, holding);
      if (holding.quantity === 0n) {
        const trigger = isVenues ? 'LIQUIDATION' : this.#triggerOf(order);
        this.#state.expectEnding(endLife(account, holding, { wasLong, trigger, atMs }));
      }
    }
    if (opens > 0n) {
      // The id of a position that a flip begins is told by the position's own event.
      holding.life ??= newLife(closes > 0n ? 0 : fill.positionId, atMs);
      const part = { quantity: opens, value: value - closedValue, fee: fee - closingFee };
      bookOpening(account, holding, { ...part, side: fill.side });
      if (!isVenues) holdOpening(account, holding);
    }
    agree('tradeValue', { userId, core: fill.tradeValue, oracle: value });
    agree('handlingFee', { userId, core: fill.handlingFee, oracle: fee });
    agree('realizedPnl', { userId, core: fill.realizedPnl, oracle: pnl });
    if (!isVenues) {
      fees.book(user, value, rates);
      fees.traded(user, value);
    }
    entries.expect(user, { changeType: manner.pnlType, amount: pnl, symbol: fill.symbol });
    entries.expect(user, { changeType: 'HANDLING_FEE', amount: -fee, symbol: fill.symbol });
  }

  /** The maker's fill and then the taker's, each by the trade's figures; and how this one is booked. */
  #mannerOf(fill: FillRecord, order: OrderRecord): Manner {
    const offBook = this.#liquidations.isOffBook(fill);
    if (offBook && fill.role === 'maker') {
      this.finish();
      this.#begin(fill.tradeId, undefined);
    }
    const told = this.#told;
    if (told === undefined) throw new OracleDifference('a fill', { core: fill, oracle: 'no trade' });
    this.#told = { ...told, maker: told.maker ?? fill, fills: told.fills + 1 };
    this.#agreeFill(fill, told);
    if (offBook) return this.#liquidations.ofOffBook(fill);
    return this.#liquidations.ofBook(fill, order, told.maker?.userId ?? 0);
  }

  #agreeFill(fill: FillRecord, { tradeId, trade, maker, fills }: Told): void {
    const { fillId } = fill;
    agree('fillId', { core: fillId, oracle: ++this.#lastFillId });
    const role = fills === 0 ? 'maker' : 'taker';
    agree(`role of fill ${fillId}`, { core: fill.role, oracle: role });
    agree(`tradeId of fill ${fillId}`, { core: fill.tradeId, oracle: tradeId });
    const { symbol, price, quantity } = trade ?? maker ?? fill;
    agree(`symbol of fill ${fillId}`, { core: fill.symbol, oracle: symbol });
    agree(`price of fill ${fillId}`, { core: fill.price, oracle: price });
    agree(`quantity of fill ${fillId}`, { core: fill.quantity, oracle: quantity });
    if (maker !== undefined) hold(`side of fill ${fillId}`, fill.side !== maker.side, { seen: fill.side });
    if (trade === undefined) return;
    const orderId = role === 'maker' ? trade.makerOrderId : trade.takerOrderId;
    agree(`orderId of fill ${fillId}`, { core: fill.orderId, oracle: orderId });
    hold(`side of fill ${fillId}`, (fill.side === trade.takerSide) === (role === 'taker'), { seen: fill.side });
  }

  #triggerOf({ conditionId }: OrderRecord): CloseTrigger {
    const type = conditionId === undefined ? undefined : this.#state.conditions.typeOf(conditionId);
    return type === undefined ? 'MANUAL' : TRIGGERS[type];
  }
}
