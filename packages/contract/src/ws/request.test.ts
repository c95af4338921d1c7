import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readQuery } from '../query.ts';
import { connectQueryValidator } from './connect-query.ts';
import { readRequestFrame } from './request.ts';

const ORDER = { symbol: 'BTCUSDT', type: 'LIMIT', side: 'BUY', price: '60000', quantity: '1' };

describe('readRequestFrame', () => {
  it('reads subscribe and unsubscribe', () => {
    for (const op of ['subscribe', 'unsubscribe']) {
      expect(readRequestFrame({ id: '1', op, args: ['market.depth.BTCUSDT', 'market.tickers'] })).toEqual({
        ok: true,
        value: { id: '1', op, topics: [{ kind: 'depth', symbol: 'BTCUSDT' }, { kind: 'tickers' }] },
      });
    }
  });

  it('reads ping, with and without id', () => {
    expect(readRequestFrame({ op: 'ping' })).toEqual({ ok: true, value: { op: 'ping' } });
    expect(readRequestFrame({ id: 'a', op: 'ping', extra: 1 })).toEqual({ ok: true, value: { id: 'a', op: 'ping' } });
  });

  it('reads order operations with the bodies of REST', () => {
    expect(readRequestFrame({ id: '1', op: 'order.place', args: [ORDER] })).toEqual({
      ok: true,
      value: { id: '1', op: 'order.place', body: ORDER },
    });
    const cancel = { symbol: 'BTCUSDT', orderId: '7' };
    expect(readRequestFrame({ op: 'order.cancel', args: [cancel] })).toMatchObject({
      ok: true,
      value: { body: cancel },
    });
    const move = { ...cancel, price: '1' };
    expect(readRequestFrame({ op: 'order.move', args: [move] })).toMatchObject({ ok: true, value: { body: move } });
  });

  it.each([
    [{ id: 'q', op: 'subscribe' }, 2001, 'args'],
    [{ id: 'q', op: 'subscribe', args: [] }, 2003, 'args'],
    [{ id: 'q', op: 'subscribe', args: Array(201).fill('market.tickers') }, 2003, 'args'],
    [{ id: 'q', op: 'subscribe', args: 'market.tickers' }, 2002, 'args'],
    [{ id: 'q', op: 'subscribe', args: ['market.tickers', 7] }, 2002, 'args[1]'],
    [{ id: 'q', op: 'subscribe', args: ['market.tickers', 'nope'] }, 2002, 'args[1]'],
    [{ id: 'q', op: 'login', args: [] }, 2002, 'op'],
    [{ id: 'q' }, 2001, 'op'],
    [{ id: 'q', op: 'order.place', args: [] }, 2003, 'args'],
    [{ id: 'q', op: 'order.place', args: [ORDER, ORDER] }, 2003, 'args'],
    [{ id: 'q', op: 'order.place', args: [{ ...ORDER, price: 1 }] }, 2002, 'price'],
    [{ id: 'q', op: 'order.place', args: [{ ...ORDER, reduceonly: true }] }, 2002, 'reduceonly'],
    [{ id: 'q', op: 'order.cancel', args: [{ symbol: 'BTCUSDT' }] }, 2001, 'orderId'],
    [{ id: 'q', op: 'order.move', args: [{ symbol: 'BTCUSDT', orderId: '7' }] }, 2001, 'price'],
  ])('refuses %j and keeps the id', (frame, code, field) => {
    expect(readRequestFrame(frame)).toMatchObject({ ok: false, id: 'q', problem: { code, field } });
  });

  it.each([
    { id: 7, op: 'ping' },
    { id: 'x'.repeat(65), op: 'ping' },
    { id: 'a\n', op: 'ping' },
  ])('refuses an id it could not echo: %j', (frame) => {
    const read = readRequestFrame(frame);
    expect(read).toMatchObject({ ok: false, problem: { field: 'id' } });
    expect(read).not.toHaveProperty('id');
  });

  it('never throws on a JSON value', () => {
    const ops = fc.constantFrom('subscribe', 'ping', 'order.place', 'order.move', 'x');
    const frames = fc.oneof(fc.jsonValue(), fc.record({ id: fc.jsonValue(), op: ops, args: fc.jsonValue() }));
    fc.assert(fc.property(frames, (frame) => typeof readRequestFrame(frame).ok === 'boolean'));
  });
});

describe('connection query', () => {
  it.each([
    [{}, undefined],
    [{ listenKey: '8f14e45fceea167a5a36dedd4bea2543', since: '17' }, undefined],
    [{ token: 'a.b.c' }, undefined],
    [{ listenKey: 'ABC' }, 'listenKey'],
    [{ token: 'x'.repeat(4_097) }, 'token'],
    [{ since: '-1' }, 'since'],
    [{ listenKey: ['a', 'b'] }, 'listenKey'],
  ])('%j', (query, field) => {
    const read = readQuery(connectQueryValidator, query);
    expect(read.ok ? undefined : read.problem.field).toBe(field);
    if (!read.ok && field !== 'since') expect(read.problem).not.toHaveProperty('value');
  });
});
