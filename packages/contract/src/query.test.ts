import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coerceQuery, type RawQuery, readQuery } from './query.ts';
import { pageOf } from './rest/paging.ts';
import { operations } from './rest/routes.ts';

const { getOrderHistory, getDepth, getOrder } = operations;
const history = (query: RawQuery) => readQuery(getOrderHistory.queryValidator, query);

describe('readQuery', () => {
  it('turns digits into numbers for integer fields only', () => {
    expect(history({ orderId: '12', page: '2', status: '7', startTime: '1772007815000' })).toEqual({
      ok: true,
      value: { orderId: '12', page: 2, status: 7, startTime: 1_772_007_815_000 },
    });
  });

  it('takes declared keys only', () => {
    expect(history({ symbol: 'BTCUSDT', signature: 'x', timestamp: '1', other: ['a', 'b'] })).toEqual({
      ok: true,
      value: { symbol: 'BTCUSDT' },
    });
    expect(readQuery(getDepth.queryValidator, Object.assign(Object.create({ symbol: 'BTCUSDT' }), {}))).toMatchObject({
      ok: false,
      problem: { code: 2001, field: 'symbol' },
    });
  });

  it('counts an empty value as not given', () => {
    expect(history({ symbol: '', page: '' })).toEqual({ ok: true, value: {} });
    expect(readQuery(getDepth.queryValidator, { symbol: '' })).toMatchObject({
      ok: false,
      problem: { code: 2001, field: 'symbol' },
    });
  });

  it('refuses a repeated key', () => {
    expect(history({ page: ['1', '2'] })).toMatchObject({ ok: false, problem: { code: 2002, field: 'page' } });
    expect(history({ symbol: ['BTCUSDT', 'BTCUSDT'] })).toMatchObject({ ok: false, problem: { code: 2002 } });
  });

  it.each([
    ['page', 'x', 2002],
    ['page', '1.5', 2002],
    ['page', '1e2', 2002],
    ['page', '01', 2002],
    ['page', '+1', 2002],
    ['page', ' 1', 2002],
    ['page', '0x1', 2002],
    ['page', '0', 2003],
    ['page', '-1', 2003],
    ['page', '1000001', 2003],
    ['page', '99999999999999999999', 2003],
    ['page', '9'.repeat(400), 2002],
    ['pageSize', '0', 2003],
    ['type', '3', 2003],
    ['side', '0', 2003],
    ['status', '8', 2003],
    ['startTime', '-1', 2003],
    ['endTime', 'now', 2002],
    ['orderId', 'abc', 2002],
    ['symbol', 'BTC/USDT', 2002],
  ])('refuses %s=%s with %i', (field, value, code) => {
    expect(history({ [field]: value })).toMatchObject({ ok: false, problem: { code, field } });
  });

  it('echoes a number as it was sent, not as a float reads it', () => {
    for (const value of ['9007199254740993', '99999999999999999999', '-0']) {
      const field = value === '-0' ? 'page' : 'startTime';
      expect(history({ [field]: value })).toMatchObject({ ok: false, problem: { code: 2003, field, value } });
    }
  });

  it('clamps pageSize to 100 and nothing else', () => {
    for (const pageSize of ['100', '101', '5000', '99999999999999999999']) {
      expect(history({ pageSize })).toEqual({ ok: true, value: { pageSize: 100 } });
    }
    expect(history({ pageSize: '99' })).toEqual({ ok: true, value: { pageSize: 99 } });
    expect(readQuery(getDepth.queryValidator, { symbol: 'BTCUSDT', limit: '1001' })).toMatchObject({
      ok: false,
      problem: { code: 2003, field: 'limit' },
    });
  });

  it('bounds the levels of a depth query', () => {
    const codes = ['4', '5', '1000', '1001'].map(
      (limit) => readQuery(getDepth.queryValidator, { symbol: 'X', limit }).ok,
    );
    expect(codes).toEqual([false, true, true, false]);
  });

  it('asks a query of one order for an id', () => {
    expect(readQuery(getOrder.queryValidator, { symbol: 'BTCUSDT' })).toMatchObject({
      ok: false,
      problem: { code: 2001, field: 'orderId' },
    });
    expect(readQuery(getOrder.queryValidator, { symbol: 'BTCUSDT', clientOrderId: 'a' }).ok).toBe(true);
  });

  it('never throws and never takes a key that was not declared', () => {
    const keys = fc.constantFrom('symbol', 'page', 'pageSize', '__proto__', 'constructor', 'toString', 'x');
    const values = fc.oneof(fc.string(), fc.integer().map(String), fc.array(fc.string()));
    fc.assert(
      fc.property(fc.dictionary(keys, values), (query) => {
        const coerced = coerceQuery(getOrderHistory.query, query);
        if (coerced.ok) {
          for (const key of Object.keys(coerced.value)) expect(getOrderHistory.query.properties).toHaveProperty(key);
        }
        history(query);
      }),
    );
  });
});

describe('pageOf', () => {
  it('fills the defaults and counts the rows to skip', () => {
    expect(pageOf({})).toEqual({ page: 1, pageSize: 20, offset: 0 });
    expect(pageOf({ page: 3, pageSize: 50 })).toEqual({ page: 3, pageSize: 50, offset: 100 });
  });
});
