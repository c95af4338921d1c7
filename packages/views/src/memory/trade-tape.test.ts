import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import { expect, it } from 'vitest';
import type { TradeEvent } from './committed-events.ts';
import { TradeTape } from './trade-tape.ts';

const trade = (tradeId: number): TradeEvent => ({
  type: 'trade',
  symbol: 'BTCUSDT',
  tradeId,
  price: 1 as PriceTicks,
  quantity: 1 as QuantitySteps,
  takerSide: 'BUY',
  makerOrderId: 1,
  takerOrderId: 2,
  atMs: tradeId,
});
const ids = (trades: readonly TradeEvent[]) => trades.map((each) => each.tradeId);

it('keeps the last trades and names them by position', () => {
  const tape = new TradeTape(4);
  expect(tape.last(5)).toEqual([]);
  for (let id = 0; id < 10; id++) tape.append(trade(id));
  expect(tape.end).toBe(10);
  expect(ids(tape.last(100))).toEqual([6, 7, 8, 9]);
  expect(ids(tape.last(2))).toEqual([8, 9]);
  expect(ids(tape.last(2, 8))).toEqual([6, 7]);
  expect(ids(tape.between(7))).toEqual([7, 8, 9]);
  expect(ids(tape.between(0, 7))).toEqual([6]);
  expect(ids(tape.between(10))).toEqual([]);
});
