import { describe, expect, it } from 'vitest';
import type { Problem } from '../../problem.ts';
import { validate } from '../../validation.ts';
import { cancelOrder } from './cancel.ts';
import { moveOrder } from './move.ts';
import { placeOrder } from './place.ts';

const LIMIT = { symbol: 'BTCUSDT', type: 'LIMIT', side: 'BUY', price: '60000', quantity: '1' };
const MARKET = { symbol: 'BTCUSDT', type: 'MARKET', side: 'SELL', quantity: '1' };
const CLOSE = { symbol: 'BTCUSDT', type: 'MARKET', side: 'SELL', closePosition: true };

const without = (body: Readonly<Record<string, unknown>>, field: string) =>
  Object.fromEntries(Object.entries(body).filter(([name]) => name !== field));

function problemOf(body: unknown): Problem | undefined {
  const checked = validate(placeOrder.bodyValidator, body);
  return checked.ok ? undefined : checked.problem;
}

describe('place', () => {
  it.each([
    LIMIT,
    { ...LIMIT, makerOnly: true },
    { ...LIMIT, makerOnly: true, timeInForce: 'GTC' },
    { ...LIMIT, makerOnly: false, timeInForce: 'FOK' },
    { ...LIMIT, priceType: 0 },
    { ...without(LIMIT, 'price'), priceType: 1 },
    { ...without(LIMIT, 'price'), priceType: 4 },
    { ...LIMIT, reduceOnly: true },
    { ...without(LIMIT, 'quantity'), closePosition: true },
    { ...LIMIT, closePosition: false },
    {
      ...LIMIT,
      takeProfit: { stopPrice: '61000' },
      stopLoss: { stopPrice: '59000', workingType: 'MARK_PRICE', price: '58990' },
    },
    MARKET,
    { ...MARKET, price: '60000' },
    { ...MARKET, priceType: 0 },
    { ...MARKET, timeInForce: 'GTC' },
    { ...MARKET, timeInForce: 'FOK' },
    { ...MARKET, makerOnly: false },
    CLOSE,
    { ...CLOSE, reduceOnly: false },
  ])('accepts %j', (body) => {
    expect(problemOf(body)).toBeUndefined();
  });

  it.each([
    ['LIMIT without price', without(LIMIT, 'price'), 2001, 'price'],
    ['LIMIT with priceType 0 without price', { ...without(LIMIT, 'price'), priceType: 0 }, 2001, 'price'],
    ['a price beside priceType 1', { ...LIMIT, priceType: 1 }, 2002, 'price'],
    ['a price beside priceType 4', { ...LIMIT, priceType: 4 }, 2002, 'price'],
    ['priceType on MARKET', { ...MARKET, priceType: 1 }, 2002, 'priceType'],
    ['a malformed price on MARKET', { ...MARKET, price: '1e5' }, 2002, 'price'],
    ['no quantity', without(LIMIT, 'quantity'), 2001, 'quantity'],
    ['no quantity on MARKET', without(MARKET, 'quantity'), 2001, 'quantity'],
    ['no quantity and closePosition false', { ...without(MARKET, 'quantity'), closePosition: false }, 2001, 'quantity'],
    ['closePosition with quantity (POS-4)', { ...CLOSE, quantity: '1' }, 3107, 'quantity'],
    ['closePosition with reduceOnly (POS-4)', { ...CLOSE, reduceOnly: true }, 3107, 'reduceOnly'],
    ['makerOnly on MARKET (MAT-3)', { ...MARKET, makerOnly: true }, 2002, 'makerOnly'],
    ['makerOnly with IOC (MAT-3)', { ...LIMIT, makerOnly: true, timeInForce: 'IOC' }, 2002, 'makerOnly'],
    ['makerOnly with FOK (MAT-3)', { ...LIMIT, makerOnly: true, timeInForce: 'FOK' }, 2002, 'makerOnly'],
    ['GTE_GTC', { ...LIMIT, timeInForce: 'GTE_GTC' }, 2002, 'timeInForce'],
  ])('refuses %s', (_, body, code, field) => {
    expect(problemOf(body)).toMatchObject({ code, field });
  });
});

describe('cancel and move', () => {
  it.each([{ orderId: '7' }, { clientOrderId: 'a' }, { orderId: '7', clientOrderId: 'a' }])('cancel by %j', (ids) => {
    expect(validate(cancelOrder.bodyValidator, { symbol: 'BTCUSDT', ...ids }).ok).toBe(true);
  });

  it.each([
    [cancelOrder, {}, 2001, 'symbol'],
    [cancelOrder, { symbol: 'BTCUSDT' }, 2001, 'orderId'],
    [cancelOrder, { symbol: 'BTCUSDT', orderId: 7 }, 2002, 'orderId'],
    [cancelOrder, { symbol: 'BTCUSDT', orderId: '7', price: '1' }, 2002, 'price'],
    [moveOrder, { symbol: 'BTCUSDT', price: '1' }, 2001, 'orderId'],
    [moveOrder, { symbol: 'BTCUSDT', orderId: '7' }, 2001, 'price'],
    [moveOrder, { symbol: 'BTCUSDT', orderId: '7', side: 'BUY', price: '1' }, 2002, 'side'],
  ] as const)('%o refuses %j', (route, body, code, field) => {
    expect(validate<unknown>(route.bodyValidator, body)).toMatchObject({ ok: false, problem: { code, field } });
  });

  it.each([{ price: '1' }, { quantity: '2' }, { price: '1', quantity: '2' }])('move to %j', (change) => {
    expect(validate(moveOrder.bodyValidator, { symbol: 'BTCUSDT', clientOrderId: 'a', ...change }).ok).toBe(true);
  });
});
