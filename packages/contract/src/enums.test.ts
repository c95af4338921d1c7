import { describe, expect, it } from 'vitest';
import * as enums from './enums.ts';

describe('enums', () => {
  it.each([
    ['SIDES', enums.SIDES, 'BUY SELL'],
    ['POSITION_SIDES', enums.POSITION_SIDES, 'BOTH LONG SHORT'],
    ['ORDER_TYPES', enums.ORDER_TYPES, 'LIMIT MARKET'],
    [
      'CONDITION_TYPES',
      enums.CONDITION_TYPES,
      'STOP_MARKET STOP_LIMIT TAKE_PROFIT_MARKET TAKE_PROFIT_LIMIT TRAILING_STOP',
    ],
    ['TIMES_IN_FORCE', enums.TIMES_IN_FORCE, 'GTC IOC FOK GTE_GTC'],
    ['PLACE_TIMES_IN_FORCE', enums.PLACE_TIMES_IN_FORCE, 'GTC IOC FOK'],
    ['WORKING_TYPES', enums.WORKING_TYPES, 'MARK_PRICE CONTRACT_PRICE'],
    [
      'ORDER_STATUSES',
      enums.ORDER_STATUSES,
      'NEW PENDING PARTIALLY_FILLED FILLED CANCELED REJECTED PARTIALLY_FILLED_CANCELED',
    ],
    [
      'CONDITION_STATUSES',
      enums.CONDITION_STATUSES,
      'PENDING_ACTIVATION PENDING TRIGGERING TRIGGERED CANCELLED REJECTED FIRED',
    ],
    ['STRATEGY_TYPES', enums.STRATEGY_TYPES, 'OTO OCO OTOCO'],
    ['STRATEGY_STATUSES', enums.STRATEGY_STATUSES, 'WORKING ALL_DONE CANCELLED'],
    ['MARGIN_MODES', enums.MARGIN_MODES, 'CROSS ISOLATED'],
    ['SELF_TRADE_PREVENTIONS', enums.SELF_TRADE_PREVENTIONS, 'CANCEL_MAKER CANCEL_TAKER CANCEL_BOTH'],
    ['ROLE_TYPES', enums.ROLE_TYPES, 'maker taker'],
    ['EXECUTION_TYPES', enums.EXECUTION_TYPES, 'NEW AMENDED TRADE CANCELED REJECTED EXPIRED'],
    ['SYMBOL_STATUSES', enums.SYMBOL_STATUSES, 'TRADING REDUCE_ONLY CANCEL_ONLY HALTED'],
    ['MARKET_KINDS', enums.MARKET_KINDS, 'simulated live'],
    ['KLINE_PRICE_TYPES', enums.KLINE_PRICE_TYPES, 'indexPrice markPrice'],
    ['KLINE_INTERVALS', enums.KLINE_INTERVALS, '1m 3m 5m 15m 30m 1h 2h 4h 6h 12h 1d 1w 1M'],
  ])('%s', (_, values, expected) => {
    expect(values.join(' ')).toBe(expected);
  });

  it('numbers the status filters in the order of the lists', () => {
    expect(Object.entries(enums.ORDER_STATUS_BY_FILTER)).toEqual(
      enums.ORDER_STATUSES.map((status, index) => [String(index + 1), status]),
    );
    expect(Object.entries(enums.CONDITION_STATUS_BY_FILTER)).toEqual(
      enums.CONDITION_STATUSES.map((status, index) => [String(index + 1), status]),
    );
  });

  it('keeps the numbers of the other modes', () => {
    expect(enums.ORDER_TYPE_BY_FILTER).toEqual({ 1: 'LIMIT', 2: 'MARKET' });
    expect(enums.SIDE_BY_FILTER).toEqual({ 1: 'BUY', 2: 'SELL' });
    expect(enums.MARGIN_MODE_BY_NUMBER).toEqual({ 1: 'CROSS', 2: 'ISOLATED' });
    expect(enums.CLOSE_TRIGGER_MODE_BY_NUMBER).toEqual({
      1: 'MANUAL',
      2: 'TAKE_PROFIT',
      3: 'STOP_LOSS',
      4: 'LIQUIDATION',
    });
    expect(Object.values(enums.PRICE_TYPE)).toEqual([0, 1, 2, 3, 4]);
    expect(Object.values(enums.CANCEL_TYPE)).toEqual([0, 1, 2]);
    expect(enums.PERMISSION).toEqual({ READ: 1, TRADE: 2, WITHDRAW: 4 });
  });
});
