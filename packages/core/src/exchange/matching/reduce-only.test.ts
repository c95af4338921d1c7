import { describe, expect, it } from 'vitest';
import { TestVenue, testSymbol } from '../../testing/index.ts';
import { cutClaims } from './reduce-only.ts';

describe('cuts (POS-3, V40)', () => {
  const a = { orderId: 1, side: 'SELL', price: 1010, remaining: 3 } as const;
  const b = { orderId: 2, side: 'SELL', price: 1020, remaining: 2 } as const;
  const cut = (closable: number, ...claims: Parameters<typeof cutClaims>[1][number][]) => [
    ...cutClaims(closable, claims).values(),
  ];
  it('take the excess off the least aggressive first', () => {
    expect(cut(5, a, b, { orderId: 3, side: 'SELL', price: 1005, remaining: 4 })).toEqual([1, 0, 4]);
    expect(cut(5, a, b, { orderId: 3, side: 'SELL', price: 1030, remaining: 2 })).toEqual([3, 2, 0]);
    expect(cut(5, a, b, { orderId: 3, side: 'SELL', price: 1005, remaining: 5 })).toEqual([0, 0, 5]);
    expect(cut(2, a, b)).toEqual([2, 0]);
  });
  it('take it off the youngest at one price', () => {
    expect(cut(4, a, { ...b, remaining: 1 }, { orderId: 4, side: 'SELL', price: 1020, remaining: 1 })).toEqual([
      3, 1, 0,
    ]);
  });
  const V40 = [
    { orderId: 1, side: 'SELL', price: 1010, remaining: 3 },
    { orderId: 2, side: 'SELL', price: 1020, remaining: 2 },
  ] as const;
  it.each([
    ['c 4 @ 100.5', 5, [...V40, { orderId: 3, side: 'SELL', price: 1005, remaining: 4 }], [1, 0, 4]],
    ['c 2 @ 103', 5, [...V40, { orderId: 3, side: 'SELL', price: 1030, remaining: 2 }], [3, 2, 0]],
    ['c 9 @ 100.5, at entry 5', 5, [...V40, { orderId: 3, side: 'SELL', price: 1005, remaining: 5 }], [0, 0, 5]],
    ['a position of 2', 2, V40, [2, 0]],
    [
      'a position of 4 and d 1 @ 102',
      4,
      [V40[0], { ...V40[1], remaining: 1 }, { ...V40[1], orderId: 4, remaining: 1 }],
      [3, 1, 0],
    ],
  ] as const)('leave the rest of a 3 @ 101, b 2 @ 102 (V40): %s', (_name, closable, claims, left) =>
    expect([...cutClaims(closable, claims).values()]).toEqual(left),
  );
  it('for a BUY the lowest price is the least aggressive', () => {
    expect(
      cut(
        3,
        { orderId: 1, side: 'BUY', price: 10, remaining: 2 },
        { orderId: 2, side: 'BUY', price: 11, remaining: 2 },
      ),
    ).toEqual([1, 2]);
    const at = (orderId: number, price: number) => ({ orderId, side: 'BUY', price, remaining: 2 }) as const;
    expect(cut(3, at(1, 12), at(2, 10), at(3, 11))).toEqual([2, 0, 1]);
  });
});

describe('reduce-only orders (POS-3, POS-4)', () => {
  function setup() {
    const venue = new TestVenue();
    const [long, short] = [venue.user('100000'), venue.user('100000')];
    venue.price('60000');
    venue.trade(long, short, { price: '60000', quantity: '0.5' });
    const reduce = (price: string, quantity: string) =>
      venue.place(long, { side: 'SELL', price, quantity, more: { reduceOnly: true } });
    const open = () =>
      venue.core.exchange.openOrders(long).map((order) => [order.price / 10, order.quantity - order.filledQuantity]);
    return { venue, long, short, reduce, open };
  }

  it('need a position that they reduce', () => {
    const { venue, long, short } = setup();
    expect(
      venue.place(long, { side: 'BUY', price: '59000', quantity: '0.1', more: { reduceOnly: true } }).reply,
    ).toMatchObject({ reason: 'NOTHING_TO_REDUCE' });
    expect(
      venue.place(short, { side: 'SELL', price: '60100', quantity: '0.1', more: { reduceOnly: true } }).reply,
    ).toMatchObject({ reason: 'NOTHING_TO_REDUCE' });
  });

  it('are cut to the position at entry, and cut others less aggressive than they are', () => {
    const { reduce, open } = setup();
    expect(reduce('60200', '0.9').reply).toMatchObject({ ok: true, order: { quantity: 500 } });
    expect(reduce('60100', '0.3').reply).toMatchObject({ ok: true, order: { quantity: 300 } });
    expect(open()).toEqual([
      [60100, 300],
      [60200, 200],
    ]);
    expect(reduce('60300', '0.1').reply).toMatchObject({ reason: 'NOTHING_TO_REDUCE' });
    expect(open()).toEqual([
      [60100, 300],
      [60200, 200],
    ]);
  });

  it('shrink with the position after every fill and end with it, with an event that says why', () => {
    const { venue, long, short, reduce, open } = setup();
    reduce('60200', '0.4');
    venue.placed(short, { side: 'BUY', price: '60000', quantity: '0.5' });
    venue.place(long, { side: 'SELL', price: '60000', quantity: '0.2' });
    expect(open()).toEqual([[60200, 300]]);
    const { events } = venue.place(long, { side: 'SELL', price: '60000', quantity: '0.3' });
    expect(open()).toEqual([]);
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'order-updated',
        executionType: 'EXPIRED',
        order: expect.objectContaining({ status: 'CANCELED', rejectReason: 'REDUCE_ONLY' }),
      }),
    );
  });

  it('MRG-5: are taken whatever the other orders of their side are worth', () => {
    const { venue, long, reduce } = setup();
    venue.ok({ type: 'set-leverage', actor: { userId: long }, symbol: 'BTCUSDT', leverage: 100 });
    // 1.3 less the position is 48,080 of 50,000; another 0.1 that opened would be beyond.
    venue.placed(long, { side: 'SELL', price: '60100', quantity: '1.3' });
    expect(venue.place(long, { side: 'SELL', price: '60100', quantity: '0.1' }).reply).toMatchObject({
      reason: 'TIER_LIMIT',
    });
    expect(reduce('60100', '0.1').reply).toMatchObject({ ok: true, order: { reduceOnly: true, quantity: 100 } });
  });

  it('freeze no margin', () => {
    const { venue, long, reduce } = setup();
    reduce('60200', '0.4');
    expect(venue.account(long).frozen).toBe(0n);
  });

  it('POS-4: closePosition takes the whole position, and goes with neither quantity nor reduceOnly', () => {
    const { venue, long, short } = setup();
    venue.placed(short, { side: 'BUY', price: '60000', quantity: '2' });
    const close = (side: 'BUY' | 'SELL', more: object = {}, quantity?: string) =>
      venue.place(long, {
        type: 'MARKET',
        side,
        ...(quantity === undefined ? {} : { quantity }),
        more: { closePosition: true, ...more },
      });
    expect(close('SELL', { reduceOnly: true }).reply).toMatchObject({ reason: 'CLOSE_POSITION_CONFLICT' });
    expect(close('SELL', {}, '0.1').reply).toMatchObject({ reason: 'CLOSE_POSITION_CONFLICT' });
    expect(close('BUY').reply).toMatchObject({ reason: 'NOTHING_TO_REDUCE' });
    expect(close('SELL').reply).toMatchObject({
      ok: true,
      order: { status: 'FILLED', quantity: 500, reduceOnly: true, closePosition: true },
    });
    expect(venue.position(long)).toBeUndefined();
    expect(close('SELL').reply).toMatchObject({ reason: 'NOTHING_TO_REDUCE' });
  });

  it('SYM-2: dust can be closed in full, a flip whose whole quantity is below the minimum cannot (S8)', () => {
    const fine = { stepSize: 10_000n, minQuantity: 10 as never, maxLimitOrderQuantity: 100_000 as never };
    const venue = new TestVenue([testSymbol(fine)]);
    const [long, short] = [venue.user('100000'), venue.user('100000')];
    venue.price('60010');
    venue.trade(long, short, { price: '60010', quantity: '0.0015' });
    venue.trade(short, long, { price: '60010', quantity: '0.001' });
    expect(venue.position(long)?.quantity).toBe(5);
    const reply = (order: Parameters<TestVenue['place']>[1]) => venue.place(long, { price: '60100', ...order }).reply;
    expect(reply({ side: 'BUY', quantity: '0.0005' })).toMatchObject({ reason: 'OUT_OF_RANGE' });
    expect(reply({ side: 'SELL', quantity: '0.0008' })).toMatchObject({ reason: 'OUT_OF_RANGE' });
    expect(reply({ side: 'SELL', quantity: '0.0005', more: { reduceOnly: true } }).ok).toBe(true);
    expect(reply({ side: 'SELL', price: '60050', more: { closePosition: true } })).toMatchObject({
      order: { quantity: 5 },
    });
  });

  it('SYM-2: dust below the minimum can be closed, not opened (S8)', () => {
    const { venue, long } = setup();
    expect(venue.place(long, { side: 'BUY', price: '4000', quantity: '0.001' }).reply).toMatchObject({
      reason: 'OUT_OF_RANGE',
    });
    expect(
      venue.place(long, { side: 'SELL', price: '60100', quantity: '0.001', more: { reduceOnly: true } }).reply.ok,
    ).toBe(true);
  });
});
