import type { OrderRecord } from '@openvenue/core';
import { type Money, priceTicks, quantitySteps } from '@openvenue/money';
import { expect, test } from 'vitest';
import { reconcile } from './reconcile.ts';

const NOTHING = 0n as Money;

function order(price: number, remaining = 10, filled = 0): OrderRecord {
  return {
    orderId: price,
    userId: 1,
    symbol: 'BTCUSDT',
    clientOrderId: '',
    type: 'LIMIT',
    side: 'BUY',
    positionSide: 'BOTH',
    price: priceTicks(price),
    quantity: quantitySteps(remaining + filled),
    filledQuantity: quantitySteps(filled),
    filledTickSteps: 0,
    timeInForce: 'GTC',
    reduceOnly: false,
    makerOnly: true,
    closePosition: false,
    placeType: '',
    status: 'PENDING',
    rejectReason: '',
    handlingFee: NOTHING,
    realizedPnl: NOTHING,
    leverage: 10,
    marginMode: 'CROSS',
    createdAtMs: 0,
    updatedAtMs: 0,
  };
}

const quote = (price: number, quantity = 10) => ({ price: priceTicks(price), quantity: quantitySteps(quantity) });
const prices = (list: readonly { readonly price: number }[]): number[] => list.map(({ price }) => price);

test('orders at or near their quotes are left alone', () => {
  const found = reconcile('BUY', [order(97), order(101), order(90)], [quote(100), quote(96), quote(90)]);
  expect(found).toEqual({ moves: [], missing: [], surplus: [] });
});

test('an order half the way to the next quote is moved, not shared', () => {
  const { moves, missing } = reconcile('BUY', [order(98), order(92)], [quote(100), quote(96), quote(92)]);
  expect(moves.map((move) => [move.order.price, move.quote.price])).toEqual([[98, 100]]);
  expect(prices(missing)).toEqual([96]);
});

test('an order too aggressive for the ladder retreats to a free quote', () => {
  const { moves } = reconcile('BUY', [order(120), order(96)], [quote(100), quote(96)]);
  expect(moves).toMatchObject([{ order: { price: 120 }, quote: { price: 100 }, isRetreat: true }]);
});

test('for a SELL outward is up', () => {
  const { moves } = reconcile('SELL', [order(80), order(130)], [quote(100), quote(110)]);
  expect(moves).toMatchObject([
    { order: { price: 80 }, quote: { price: 100 }, isRetreat: true },
    { order: { price: 130 }, quote: { price: 110 }, isRetreat: false },
  ]);
});

test('on adjacent ticks a shift by one moves one order, not all', () => {
  const orders = [order(100), order(99), order(98), order(97)];
  const { moves, missing, surplus } = reconcile('BUY', orders, [quote(101), quote(100), quote(99), quote(98)]);
  expect(moves.map((move) => [move.order.price, move.quote.price])).toEqual([[97, 101]]);
  expect([missing, surplus]).toEqual([[], []]);
});

test('an order mostly filled is refilled where it stands, one far too large cut', () => {
  const { moves } = reconcile('BUY', [order(100, 3, 7), order(96, 31)], [quote(100), quote(96)]);
  expect(moves).toMatchObject([
    { order: { price: 100 }, quote: { price: 100, quantity: 10 }, isRetreat: false },
    { order: { price: 96 }, quote: { price: 96, quantity: 10 } },
  ]);
  expect(reconcile('BUY', [order(100, 4, 6), order(96, 30)], [quote(100), quote(96)]).moves).toEqual([]);
});

test('without enough orders quotes are missing, with too many orders are surplus', () => {
  expect(prices(reconcile('BUY', [], [quote(100), quote(96)]).missing)).toEqual([100, 96]);
  expect(prices(reconcile('BUY', [order(100), order(50)], [quote(100)]).surplus)).toEqual([50]);
});
