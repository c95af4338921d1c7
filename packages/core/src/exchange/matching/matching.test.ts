import { describe, expect, it } from 'vitest';
import type { OrderReference } from '../../command.ts';
import type { Outcome } from '../../core.ts';
import type { Event, OrderRecord } from '../../event.ts';
import { BTC, ETH, TestVenue } from '../../testing/index.ts';

const orderOf = (outcome: Outcome): OrderRecord => {
  if (!outcome.reply.ok || outcome.reply.kind !== 'order')
    throw new Error(`no order: ${JSON.stringify(outcome.reply, (_k, v) => (typeof v === 'bigint' ? String(v) : v))}`);
  return outcome.reply.order;
};
const reasonOf = (outcome: Outcome): string => (outcome.reply.ok ? 'accepted' : outcome.reply.reason);
const trades = (events: readonly Event[]) =>
  events.flatMap((event) => (event.type === 'trade' ? [[event.price / 10, event.quantity]] : []));

function market() {
  const venue = new TestVenue();
  const [a, b, c] = [venue.user('10000000'), venue.user('10000000'), venue.user('10000000')];
  venue.price('60000');
  return { venue, a, b, c };
}

describe('matching', () => {
  it('MAT-1: trades at the maker price, best price first, oldest first within a price', () => {
    const { venue, a, b, c } = market();
    const late = venue.placed(a, { side: 'SELL', price: '60001', quantity: '0.2' });
    const best = venue.placed(b, { side: 'SELL', price: '60000', quantity: '0.1' });
    const later = venue.placed(b, { side: 'SELL', price: '60001', quantity: '0.2' });
    const outcome = venue.place(c, { side: 'BUY', price: '60005', quantity: '0.4' });
    expect(
      outcome.events.flatMap((event) =>
        event.type === 'trade' ? [[event.makerOrderId, event.price / 10, event.quantity]] : [],
      ),
    ).toEqual([
      [best, 60000, 100],
      [late, 60001, 200],
      [later, 60001, 100],
    ]);
    expect(orderOf(outcome).status).toBe('FILLED');
    expect(venue.core.exchange.depth('BTCUSDT')?.asks).toEqual([[600010, 100]]);
  });

  it('MAT-2: IOC cancels its rest, also with nothing filled', () => {
    const { venue, a, b } = market();
    expect(
      orderOf(venue.place(a, { side: 'BUY', price: '60000', quantity: '1', more: { timeInForce: 'IOC' } })),
    ).toMatchObject({ status: 'CANCELED', rejectReason: 'IOC' });
    venue.placed(b, { side: 'SELL', price: '60000', quantity: '0.4' });
    expect(
      orderOf(venue.place(a, { side: 'BUY', price: '60000', quantity: '1', more: { timeInForce: 'IOC' } })),
    ).toMatchObject({ status: 'PARTIALLY_FILLED_CANCELED', filledQuantity: 400 });
    expect(venue.core.exchange.depth('BTCUSDT')).toMatchObject({ bids: [], asks: [] });
  });

  it('MAT-2: FOK fills whole or nothing happens', () => {
    const { venue, a, b } = market();
    venue.placed(b, { side: 'SELL', price: '60000', quantity: '0.4' });
    const before = venue.core.snapshot();
    const refused = venue.place(a, { side: 'BUY', price: '60000', quantity: '0.5', more: { timeInForce: 'FOK' } });
    expect(reasonOf(refused)).toBe('FOK_NOT_FILLABLE');
    expect(refused.events).toEqual([]);
    expect(venue.core.snapshot().length).toBe(before.length);
    expect(
      orderOf(venue.place(a, { side: 'BUY', price: '60000', quantity: '0.4', more: { timeInForce: 'FOK' } })).status,
    ).toBe('FILLED');
  });

  it('MAT-3: maker-only is refused when it would take, own orders included, and says best bid and ask', () => {
    const { venue, a, b } = market();
    venue.placed(b, { side: 'SELL', price: '60000', quantity: '0.4' });
    const refused = venue.place(a, { side: 'BUY', price: '60000', quantity: '1', more: { makerOnly: true } });
    expect(refused.reply).toMatchObject({ ok: false, reason: 'WOULD_TAKE', details: { bestAskTicks: 600000 } });
    expect(reasonOf(venue.place(b, { side: 'BUY', price: '60001', quantity: '1', more: { makerOnly: true } }))).toBe(
      'WOULD_TAKE',
    );
    expect(
      orderOf(venue.place(a, { side: 'BUY', price: '59999.9', quantity: '1', more: { makerOnly: true } })).status,
    ).toBe('PENDING');
    expect(
      reasonOf(
        venue.place(a, { side: 'BUY', price: '59000', quantity: '1', more: { makerOnly: true, timeInForce: 'IOC' } }),
      ),
    ).toBe('INVALID_PARAMETER');
  });

  it('MAT-4: MARKET never rests, is bounded by the band, and says when there is nothing to take', () => {
    const { venue, a, b } = market();
    expect(reasonOf(venue.place(a, { type: 'MARKET', side: 'BUY', quantity: '1' }))).toBe('NO_LIQUIDITY');
    venue.placed(b, { side: 'SELL', price: '60100', quantity: '0.4' });
    venue.placed(b, { side: 'SELL', price: '60700', quantity: '5' });
    const order = orderOf(venue.place(a, { type: 'MARKET', side: 'BUY', price: '60000', quantity: '1' }));
    expect(order.price).toBe(0);
    expect(order).toMatchObject({ status: 'PARTIALLY_FILLED_CANCELED', filledQuantity: 400, price: 0 });
    expect(venue.core.exchange.depth('BTCUSDT')?.asks).toEqual([[607000, 5000]]);
  });

  it('MAT-5: priceType takes a level of the book, or says that it does not exist', () => {
    const { venue, a, b } = market();
    for (let i = 1; i <= 5; i++) venue.placed(b, { side: 'SELL', price: `6000${i}`, quantity: '0.1' });
    const at = (priceType: 1 | 2 | 3 | 4) => venue.place(a, { side: 'BUY', quantity: '0.1', more: { priceType } });
    expect(orderOf(at(1))).toMatchObject({ price: 600010, status: 'FILLED' });
    expect(reasonOf(at(2))).toBe('PRICE_LEVEL_MISSING');
    expect(reasonOf(at(3))).toBe('PRICE_LEVEL_MISSING');
    venue.placed(b, { side: 'BUY', price: '59990', quantity: '0.1' });
    expect(orderOf(at(3))).toMatchObject({ price: 599900, status: 'PENDING' });
  });

  describe('MAT-6: self-trade prevention by the taker mode (S1)', () => {
    const setup = () => {
      const { venue, a: own, b: x, c: y } = market();
      venue.placed(x, { side: 'SELL', price: '60000', quantity: '2' });
      const ownId = venue.placed(own, { side: 'SELL', price: '60001', quantity: '3' });
      venue.placed(y, { side: 'SELL', price: '60002', quantity: '4' });
      const buy = (quantity: string, more: object) => venue.place(own, { side: 'BUY', price: '60002', quantity, more });
      return { venue, own, ownId, buy };
    };
    it('CANCEL_MAKER cancels the resting order whole and goes on', () => {
      const { venue, own, ownId, buy } = setup();
      const outcome = buy('5', { selfTradePrevention: 'CANCEL_MAKER' });
      expect(trades(outcome.events)).toEqual([
        [60000, 2000],
        [60002, 3000],
      ]);
      expect(orderOf(outcome).status).toBe('FILLED');
      expect(venue.core.exchange.order(own, { orderId: ownId })).toMatchObject({
        status: 'CANCELED',
        rejectReason: 'SELF_TRADE',
      });
      expect(outcome.events).toContainEqual(
        expect.objectContaining({ type: 'self-trade-prevented', makerOrderId: ownId, quantity: 3000 }),
      );
    });
    it('CANCEL_TAKER ends the taker, the own order stays', () => {
      const { venue, own, ownId, buy } = setup();
      const outcome = buy('5', { selfTradePrevention: 'CANCEL_TAKER' });
      expect(trades(outcome.events)).toEqual([[60000, 2000]]);
      expect(orderOf(outcome)).toMatchObject({ status: 'PARTIALLY_FILLED_CANCELED', rejectReason: 'SELF_TRADE' });
      expect(venue.core.exchange.order(own, { orderId: ownId })?.status).toBe('PENDING');
    });
    it('CANCEL_BOTH ends both', () => {
      const { venue, own, ownId, buy } = setup();
      expect(orderOf(buy('5', { selfTradePrevention: 'CANCEL_BOTH' })).status).toBe('PARTIALLY_FILLED_CANCELED');
      expect(venue.core.exchange.order(own, { orderId: ownId })?.status).toBe('CANCELED');
    });
    it('FOK by mode', () => {
      const { venue, own, ownId, buy } = setup();
      expect(reasonOf(buy('7', { timeInForce: 'FOK', selfTradePrevention: 'CANCEL_MAKER' }))).toBe('FOK_NOT_FILLABLE');
      expect(venue.core.exchange.order(own, { orderId: ownId })?.status).toBe('PENDING');
      expect(reasonOf(buy('5', { timeInForce: 'FOK', selfTradePrevention: 'CANCEL_TAKER' }))).toBe('SELF_TRADE');
      expect(reasonOf(buy('5', { timeInForce: 'FOK', selfTradePrevention: 'CANCEL_BOTH' }))).toBe('SELF_TRADE');
      expect(orderOf(buy('2', { timeInForce: 'FOK', selfTradePrevention: 'CANCEL_TAKER' })).status).toBe('FILLED');
      expect(orderOf(buy('4', { timeInForce: 'FOK' })).status).toBe('FILLED');
    });
    it('with nothing filled: CANCEL_TAKER is refused, CANCEL_BOTH ends both with success', () => {
      const { venue, a } = market();
      const ownId = venue.placed(a, { side: 'SELL', price: '60001', quantity: '1' });
      expect(
        reasonOf(
          venue.place(a, { side: 'BUY', price: '60001', quantity: '1', more: { selfTradePrevention: 'CANCEL_TAKER' } }),
        ),
      ).toBe('SELF_TRADE');
      expect(reasonOf(venue.place(a, { type: 'MARKET', side: 'BUY', quantity: '1' }))).toBe('SELF_TRADE');
      expect(venue.core.exchange.order(a, { orderId: ownId })?.status).toBe('PENDING');
      expect(
        orderOf(
          venue.place(a, { side: 'BUY', price: '60001', quantity: '1', more: { selfTradePrevention: 'CANCEL_BOTH' } }),
        ),
      ).toMatchObject({ status: 'CANCELED', rejectReason: 'SELF_TRADE' });
      expect(venue.core.exchange.order(a, { orderId: ownId })?.status).toBe('CANCELED');
    });
  });

  describe('MAT-7: amend (S5)', () => {
    const setup = () => {
      const { venue, a, b, c } = market();
      const orderId = venue.placed(a, { side: 'BUY', price: '59990', quantity: '10', more: { clientOrderId: 'x' } });
      const behind = venue.placed(b, { side: 'BUY', price: '59990', quantity: '1' });
      venue.placed(c, { side: 'SELL', price: '59990', quantity: '3' });
      const amend = (change: { price?: string; quantity?: string }) =>
        venue.run({
          type: 'amend-order',
          actor: { userId: a },
          amendment: {
            symbol: 'BTCUSDT',
            orderId,
            ...(change.price === undefined ? {} : { price: venue.ticks('BTCUSDT', change.price) }),
            ...(change.quantity === undefined ? {} : { quantity: venue.steps('BTCUSDT', change.quantity) }),
          },
        });
      const firstTaken = () =>
        venue
          .place(c, { side: 'SELL', price: '59990', quantity: '0.5' })
          .events.find((event) => event.type === 'trade');
      return { venue, a, c, orderId, behind, amend, firstTaken };
    };
    it('less quantity keeps the queue place', () => {
      const { orderId, amend, firstTaken } = setup();
      expect(orderOf(amend({ quantity: '8' }))).toMatchObject({ quantity: 8000, filledQuantity: 3000 });
      expect(firstTaken()).toMatchObject({ makerOrderId: orderId });
    });
    it('more quantity goes to the back', () => {
      const { behind, amend, firstTaken } = setup();
      expect(orderOf(amend({ quantity: '12' }))).toMatchObject({ quantity: 12000 });
      expect(firstTaken()).toMatchObject({ makerOrderId: behind });
    });
    it.each(['3', '2'])('a total of %s, at or below the filled amount, cancels the rest', (quantity) => {
      expect(orderOf(setup().amend({ quantity }))).toMatchObject({ status: 'PARTIALLY_FILLED_CANCELED' });
    });
    it('a total at the filled amount cancels nothing in a symbol that is halted (SYM-4)', () => {
      const { venue, amend } = setup();
      venue.ok({ type: 'configure-symbol', parameters: { ...BTC, status: 'HALTED' } });
      venue.price('60000');
      expect(reasonOf(amend({ quantity: '3' }))).toBe('SYMBOL_NOT_TRADING');
    });
    it('no change is success without an event', () => {
      const outcome = setup().amend({ price: '59990', quantity: '10' });
      expect(orderOf(outcome)).toMatchObject({ quantity: 10000 });
      expect(outcome.events).toEqual([]);
    });
    it('no change is success where a change would be refused: outside the band, in a symbol that is halted', () => {
      const { venue, orderId, amend } = setup();
      venue.price('58000');
      expect(orderOf(amend({ price: '59990' }))).toMatchObject({ orderId, quantity: 10000 });
      expect(reasonOf(amend({ quantity: '10.001' }))).toBe('PRICE_OUTSIDE_BAND');
      venue.ok({ type: 'configure-symbol', parameters: { ...BTC, status: 'HALTED' } });
      venue.price('60000');
      expect(orderOf(amend({ quantity: '10' }))).toMatchObject({ orderId, quantity: 10000 });
      expect(reasonOf(amend({ price: '59980' }))).toBe('SYMBOL_NOT_TRADING');
    });
    it('a price that crosses matches at once', () => {
      const { venue, c, amend } = setup();
      venue.placed(c, { side: 'SELL', price: '60010', quantity: '7' });
      expect(orderOf(amend({ price: '60010' }))).toMatchObject({ status: 'FILLED', filledQuantity: 10000 });
    });
    it('a refusal leaves the order as it was, frozen margin and queue place included', () => {
      const { venue, a, orderId, amend, firstTaken } = setup();
      venue.ok({ type: 'set-leverage', actor: { userId: a }, symbol: 'BTCUSDT', leverage: 20 });
      const before = venue.account(a);
      expect(reasonOf(amend({ price: '61000' }))).toBe('PRICE_OUTSIDE_BAND');
      expect(reasonOf(amend({ quantity: '500' }))).toBe('OUT_OF_RANGE');
      expect(reasonOf(amend({ quantity: '0' }))).toBe('OUT_OF_RANGE');
      expect(reasonOf(amend({ quantity: '100' }))).toBe('TIER_LIMIT');
      expect(venue.account(a)).toEqual(before);
      expect(firstTaken()).toMatchObject({ makerOrderId: orderId });
    });
    it('needs a price or a quantity (2001), and numbers that are whole', () => {
      const { amend, venue, a, orderId } = setup();
      expect(reasonOf(amend({}))).toBe('MISSING_PARAMETER');
      const at = { symbol: 'BTCUSDT', orderId };
      for (const bad of [{ price: Number.NaN }, { price: -5 }, { quantity: 0.5 }, { quantity: Number.NaN }])
        expect(
          reasonOf(venue.run({ type: 'amend-order', actor: { userId: a }, amendment: { ...at, ...bad } as never })),
        ).toBe('INVALID_PARAMETER');
    });
    it('an ended order answers with its status, an unknown one is not found', () => {
      const { venue, a, orderId, amend } = setup();
      venue.ok({ type: 'cancel-order', actor: { userId: a }, order: { symbol: 'BTCUSDT', orderId } });
      expect(amend({ quantity: '9' }).reply).toMatchObject({
        reason: 'ORDER_ENDED',
        details: { status: 'PARTIALLY_FILLED_CANCELED' },
      });
      expect(
        reasonOf(
          venue.run({
            type: 'amend-order',
            actor: { userId: a },
            amendment: { symbol: 'BTCUSDT', orderId: 999, quantity: 1 as never },
          }),
        ),
      ).toBe('ORDER_NOT_FOUND');
    });
  });

  it("MAT-8: cancel answers the final state; an ended, foreign or forgotten order can't be canceled", () => {
    const { venue, a, b } = market();
    const orderId = venue.placed(a, { side: 'BUY', price: '59000', quantity: '1', more: { clientOrderId: 'mine' } });
    const cancel = (userId: number, reference: object) =>
      venue.run({ type: 'cancel-order', actor: { userId }, order: { symbol: 'BTCUSDT', ...reference } });
    expect(reasonOf(cancel(b, { orderId }))).toBe('ORDER_NOT_FOUND');
    expect(reasonOf(cancel(a, { orderId, clientOrderId: 'other' }))).toBe('ORDER_NOT_FOUND');
    expect(orderOf(cancel(a, { clientOrderId: 'mine' })).status).toBe('CANCELED');
    expect(cancel(a, { orderId }).reply).toMatchObject({
      reason: 'ORDER_NOT_CANCELABLE',
      details: { status: 'CANCELED' },
    });
    venue.timeMs += 24 * 60 * 60 * 1000 - 1;
    expect(reasonOf(cancel(a, { orderId }))).toBe('ORDER_NOT_CANCELABLE');
    venue.timeMs += 1;
    expect(reasonOf(cancel(a, { orderId }))).toBe('ORDER_NOT_FOUND');
  });

  it('MAT-8: cancel-all goes by ascending id, of one symbol or all', () => {
    const { venue, a } = market();
    const ids = ['59000', '58000', '59500'].map((price) => venue.placed(a, { side: 'BUY', price, quantity: '0.1' }));
    const outcome = venue.run({ type: 'cancel-all-orders', actor: { userId: a }, symbol: 'BTCUSDT' });
    expect(outcome.events.flatMap((event) => (event.type === 'order-updated' ? [event.order.orderId] : []))).toEqual(
      ids,
    );
    expect(outcome.reply).toMatchObject({ ok: true, count: 3 });
  });

  it('MAT-8: cancel-all goes by ascending id through all symbols', () => {
    const venue = new TestVenue([BTC, ETH]);
    const user = venue.user('100000');
    venue.prices({ BTCUSDT: '60000', ETHUSDT: '60000' });
    const ids = ['BTCUSDT', 'ETHUSDT', 'BTCUSDT', 'ETHUSDT'].map((symbol) =>
      venue.placed(user, { symbol, side: 'BUY', price: '59000', quantity: '0.01' }),
    );
    const { events } = venue.ok({ type: 'cancel-all-orders', actor: { userId: user } });
    expect(events.flatMap((event) => (event.type === 'order-updated' ? [event.order.orderId] : []))).toEqual(ids);
  });

  it('MAT-9: limit prices beyond the band are refused with the bound (V36)', () => {
    const { venue, a } = market();
    expect(venue.place(a, { side: 'BUY', price: '60600.1', quantity: '0.01' }).reply).toMatchObject({
      reason: 'PRICE_OUTSIDE_BAND',
      details: { boundTicks: 606000 },
    });
    expect(venue.place(a, { side: 'SELL', price: '59399.9', quantity: '0.01' }).reply).toMatchObject({
      reason: 'PRICE_OUTSIDE_BAND',
      details: { boundTicks: 594000 },
    });
    expect(orderOf(venue.place(a, { side: 'BUY', price: '60600', quantity: '0.01' })).status).toBe('PENDING');
  });

  it('MAT-10: a batch is n results for n items, each seeing what the one before did', () => {
    const { venue, a } = market();
    const order = (clientOrderId: string, quantity: string) =>
      venue.order({ side: 'BUY', price: '59000', quantity, more: { clientOrderId } });
    const { reply } = venue.run({
      type: 'place-orders',
      actor: { userId: a },
      orders: [order('1', '0.1'), order('1', '0.1'), order('2', '0')],
    });
    expect(reply).toMatchObject({
      ok: true,
      results: [{ ok: true }, { reason: 'DUPLICATE_CLIENT_ORDER_ID' }, { reason: 'OUT_OF_RANGE' }],
    });
    const tooMany = Array.from({ length: 21 }, (_, i) => order(`t${i}`, '0.1'));
    expect(reasonOf(venue.run({ type: 'place-orders', actor: { userId: a }, orders: tooMany }))).toBe('OUT_OF_RANGE');
    expect(reasonOf(venue.run({ type: 'place-orders', actor: { userId: a }, orders: [] }))).toBe('OUT_OF_RANGE');
  });

  it('MAT-10: a batch of up to 50 cancels, each with its own result', () => {
    const { venue, a } = market();
    const more = { clientOrderId: 'mine' };
    const { orderId } = orderOf(venue.place(a, { side: 'BUY', price: '59000', quantity: '0.1', more }));
    const cancel = (orders: readonly OrderReference[]) =>
      venue.run({ type: 'cancel-orders', actor: { userId: a }, orders });
    const symbol = 'BTCUSDT';
    const unknown = Array.from({ length: 48 }, (_, at) => ({ symbol, orderId: 1_000 + at }));
    const fifty = [{ symbol, clientOrderId: 'mine' }, { symbol, orderId }, ...unknown];
    const { reply } = cancel(fifty);
    expect(reply).toMatchObject({
      ok: true,
      kind: 'batch',
      results: [
        { ok: true, order: { orderId, status: 'CANCELED' } },
        { reason: 'ORDER_NOT_CANCELABLE' },
        ...unknown.map(() => ({ reason: 'ORDER_NOT_FOUND' })),
      ],
    });
    expect(reasonOf(cancel([...fifty, { symbol, orderId }]))).toBe('OUT_OF_RANGE');
    expect(reasonOf(cancel([]))).toBe('OUT_OF_RANGE');
  });

  it('MAT-11: a clientOrderId is taken while open and 24 h after the end; a refused request takes none', () => {
    const { venue, a, b } = market();
    const place = (userId: number, price: string) =>
      venue.place(userId, { side: 'BUY', price, quantity: '0.1', more: { clientOrderId: 'same' } });
    expect(reasonOf(place(a, '70000'))).toBe('PRICE_OUTSIDE_BAND');
    const first = orderOf(place(a, '59000'));
    expect(place(a, '58000').reply).toMatchObject({
      reason: 'DUPLICATE_CLIENT_ORDER_ID',
      details: { orderId: first.orderId },
    });
    expect(orderOf(place(b, '59000')).status).toBe('PENDING');
    venue.ok({ type: 'cancel-order', actor: { userId: a }, order: { symbol: 'BTCUSDT', orderId: first.orderId } });
    expect(reasonOf(place(a, '58000'))).toBe('DUPLICATE_CLIENT_ORDER_ID');
    venue.timeMs += 24 * 60 * 60 * 1000;
    venue.price('60000');
    expect(orderOf(place(a, '58000')).status).toBe('PENDING');
  });

  it('MAT-12: the first failure of the ladder answers', () => {
    const { venue, a } = market();
    venue.ok({ type: 'set-leverage', actor: { userId: a }, symbol: 'BTCUSDT', leverage: 50 });
    const gridFault = { field: 'price', value: '1.05', below: '1', above: '1.1' } as const;
    const place = (more: object, rest: object = {}) =>
      reasonOf(venue.place(a, { side: 'BUY', price: '59000', quantity: '0.1', ...rest, more }));
    venue.placed(a, { side: 'BUY', price: '59000', quantity: '0.1', more: { clientOrderId: 'taken' } });
    expect(place({ closePosition: true, clientOrderId: 'taken' })).toBe('CLOSE_POSITION_CONFLICT');
    expect(place({ clientOrderId: 'taken', symbol: 'NONE' })).toBe('DUPLICATE_CLIENT_ORDER_ID');
    expect(place({ symbol: 'NONE', gridFault })).toBe('SYMBOL_NOT_TRADING');
    expect(place({ priceType: 2, gridFault })).toBe('PRICE_LEVEL_MISSING');
    expect(place({ reduceOnly: true, gridFault })).toBe('OFF_GRID');
    expect(place({ reduceOnly: true }, { quantity: '999' })).toBe('NOTHING_TO_REDUCE');
    expect(place({}, { quantity: '999', price: '70000' })).toBe('OUT_OF_RANGE');
    expect(place({ timeInForce: 'FOK' }, { price: '70000' })).toBe('PRICE_OUTSIDE_BAND');
    expect(place({ timeInForce: 'FOK' }, { quantity: '100' })).toBe('FOK_NOT_FILLABLE');
    expect(place({}, { quantity: '100' })).toBe('TIER_LIMIT');
  });

  it('MAT-13, MAT-15: NEW first, then per fill the trade, the maker with ledger and position, the taker with his', () => {
    const { venue, a, b } = market();
    venue.placed(a, { side: 'SELL', price: '60000', quantity: '1' });
    venue.placed(b, { side: 'BUY', price: '60000', quantity: '1' });
    venue.placed(b, { side: 'SELL', price: '60100', quantity: '1' });
    const { events } = venue.place(a, { side: 'BUY', price: '60100', quantity: '1' });
    expect(
      events.map((event) => {
        if (event.type === 'order-updated')
          return `${event.executionType}/${event.order.status} ${event.order.userId === a ? 'taker' : 'maker'}`;
        if (event.type === 'ledger') return `${event.entry.changeType} ${event.entry.userId === a ? 'taker' : 'maker'}`;
        return event.type;
      }),
    ).toEqual([
      'NEW/PENDING taker',
      'trade',
      'depth-changed',
      'TRADE/FILLED maker',
      'REALIZED_PNL maker',
      'HANDLING_FEE maker',
      'position-closed',
      'position-changed',
      'TRADE/FILLED taker',
      'REALIZED_PNL taker',
      'HANDLING_FEE taker',
      'position-closed',
      'position-changed',
      'account-updated',
      'account-updated',
    ]);
  });

  it('MAT-2: a FOK that the book would fill and the margin does not says so; the same IOC is 3001 (MRG-11)', () => {
    const { venue, a } = market();
    const poor = venue.user('1');
    venue.placed(a, { side: 'SELL', price: '60000', quantity: '1' });
    const buy = (timeInForce: 'IOC' | 'FOK') =>
      venue.place(poor, { side: 'BUY', price: '60000', quantity: '1', more: { timeInForce } });
    expect(buy('FOK').reply).toMatchObject({
      reason: 'FOK_NOT_FILLABLE',
      details: { rule: 'the margin is too small to fill it whole' },
    });
    expect(reasonOf(buy('IOC'))).toBe('INSUFFICIENT_MARGIN');
  });

  it('MAT-12: too many open orders are refused, an order that fills at once is not one of them', () => {
    const { venue, a, b } = market();
    for (let i = 0; i < 200; i++) venue.placed(a, { side: 'BUY', price: '59000', quantity: '0.001' });
    expect(reasonOf(venue.place(a, { side: 'BUY', price: '59000', quantity: '0.001' }))).toBe('TOO_MANY_OPEN_ORDERS');
    venue.placed(b, { side: 'SELL', price: '60000', quantity: '0.001' });
    expect(orderOf(venue.place(a, { side: 'BUY', price: '60000', quantity: '0.001' })).status).toBe('FILLED');
  });

  it('MAT-12: own orders that CANCEL_MAKER would cancel still count as open, and stay when the order is refused', () => {
    const { venue, a } = market();
    for (let i = 0; i < 200; i++) venue.placed(a, { side: 'SELL', price: '60100', quantity: '0.001' });
    const crossing = { side: 'BUY', price: '60100', quantity: '0.3' } as const;
    expect(reasonOf(venue.place(a, crossing))).toBe('TOO_MANY_OPEN_ORDERS');
    expect(venue.core.exchange.openOrders(a)).toHaveLength(200);
  });
});
