import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../core.ts';
import type { OrderRecord } from '../../event.ts';
import { CrashScene } from '../../testing/crash-scene.ts';
import { TestVenue, testSymbol } from '../../testing/index.ts';

const reasonOf = ({ reply }: Outcome): string => (reply.ok ? 'accepted' : reply.reason);

/** Asks a venue for something that it must refuse, and looks that nothing but the sequence has moved. */
function refused(venue: TestVenue, ask: () => Outcome): string {
  const sequence = venue.core.sequence;
  const before = [...venue.core.snapshot()].slice(8).join();
  const outcome = ask();
  expect(outcome.events).toEqual([]);
  // The format, the sequence and the time fill the first eight bytes.
  expect(sequence).toBeLessThan(100);
  expect([...venue.core.snapshot()].slice(8).join()).toBe(before);
  return reasonOf(outcome);
}

/** A resting SELL of 1 at 60,000 whose owner could not bear its fill any more, the mark being at 60,500. */
function deadMaker(maxOpenOrders = 200) {
  const venue = new TestVenue([testSymbol({ maxOpenOrders })]);
  const [owner, taker] = [venue.user('640'), venue.user('1000000')];
  venue.price('60000');
  venue.ok({ type: 'set-leverage', actor: { userId: owner }, symbol: 'BTCUSDT', leverage: 100 });
  const dead = venue.placed(owner, { side: 'SELL', price: '60000', quantity: '0.8' });
  venue.price('60600');
  const state = (): OrderRecord | undefined => venue.core.exchange.order(owner, { orderId: dead });
  return { venue, owner, taker, dead, state };
}

describe('resting orders whose owner lacks the margin (MRG-11)', () => {
  it('are no liquidity for a market order, which is refused and leaves them (MAT-4)', () => {
    const { venue, taker, state } = deadMaker();
    expect(refused(venue, () => venue.place(taker, { type: 'MARKET', side: 'BUY', quantity: '0.8' }))).toBe(
      'NO_LIQUIDITY',
    );
    expect(state()?.status).toBe('PENDING');
  });

  it('are canceled by an order that is taken, which then rests', () => {
    const { venue, taker, state } = deadMaker();
    const { reply } = venue.place(taker, { side: 'BUY', price: '60000', quantity: '0.8' });
    expect(reply).toMatchObject({ ok: true, order: { status: 'PENDING', filledQuantity: 0 } });
    expect(state()).toMatchObject({ status: 'CANCELED', rejectReason: 'MARGIN' });
  });

  it('do not hide that an order would rest: one too many is refused (MAT-12, 3014)', () => {
    const { venue, taker, state } = deadMaker(1);
    venue.placed(taker, { side: 'BUY', price: '59900', quantity: '0.1' });
    expect(refused(venue, () => venue.place(taker, { side: 'BUY', price: '60000', quantity: '0.8' }))).toBe(
      'TOO_MANY_OPEN_ORDERS',
    );
    expect(state()?.status).toBe('PENDING');
  });

  it('do not lower the margin that an order needs: what rests counts at its own price (MRG-4, INV-4)', () => {
    const { venue } = deadMaker();
    // At the dead order's 60,000 the buyer would need 4,824; resting at 60,500 he needs 4,864.2.
    const buyer = venue.user('4850');
    expect(refused(venue, () => venue.place(buyer, { side: 'BUY', price: '60500', quantity: '0.8' }))).toBe(
      'INSUFFICIENT_MARGIN',
    );
    expect(venue.account(buyer).available).toBeGreaterThan(0n);
  });

  it('end no FOK that what is behind them fills (MAT-2)', () => {
    const { venue, owner, taker, state } = deadMaker();
    const rich = venue.user('1000000');
    venue.placed(rich, { side: 'SELL', price: '60100', quantity: '0.8' });
    const { reply } = venue.place(taker, {
      side: 'BUY',
      price: '60100',
      quantity: '0.8',
      more: { timeInForce: 'FOK' },
    });
    expect(reply).toMatchObject({ ok: true, order: { status: 'FILLED' } });
    expect(state()).toMatchObject({ status: 'CANCELED', rejectReason: 'MARGIN' });
    expect(venue.position(owner)).toBeUndefined();
  });
});

/** A long of 0.8 whose bankruptcy price, 59,230, is above the only bid (LIQ-6). */
function nearlyBankruptLong() {
  const venue = new TestVenue();
  const [long, other] = [venue.user('640'), venue.user('1000000')];
  venue.price('60000');
  venue.ok({ type: 'set-leverage', actor: { userId: long }, symbol: 'BTCUSDT', leverage: 100 });
  venue.trade(long, other, { price: '60000', quantity: '0.8' });
  const resting = venue.placed(long, { side: 'SELL', price: '59600', quantity: '0.8', more: { reduceOnly: true } });
  const own = venue.placed(long, { side: 'BUY', price: '59100', quantity: '0.001' });
  venue.price('59500');
  venue.placed(other, { side: 'BUY', price: '59000', quantity: '1' });
  return { venue, long, other, resting, own };
}

describe('a taker whose first fill would fail (MRG-11) is refused without a trace (MAT-12)', () => {
  it('its other reduce-only orders are not cut (POS-3)', () => {
    const { venue, long, resting } = nearlyBankruptLong();
    const ask = () => venue.place(long, { side: 'SELL', price: '59000', quantity: '0.8', more: { reduceOnly: true } });
    expect(refused(venue, ask)).toBe('INSUFFICIENT_MARGIN');
    expect(venue.core.exchange.order(long, { orderId: resting })?.quantity).toBe(800);
  });

  it('one whose later fill would fail keeps what it has filled, and its rest ends for it', () => {
    const { venue, long, other } = nearlyBankruptLong();
    venue.placed(other, { side: 'BUY', price: '59500', quantity: '0.1' });
    const { reply } = venue.place(long, {
      side: 'SELL',
      price: '59000',
      quantity: '0.8',
      more: { reduceOnly: true },
    });
    expect(reply).toMatchObject({
      order: { status: 'PARTIALLY_FILLED_CANCELED', filledQuantity: 100, rejectReason: 'MARGIN' },
    });
  });

  it('its own order in the way is not canceled (MAT-6)', () => {
    const { venue, long, own } = nearlyBankruptLong();
    const ask = () =>
      venue.place(long, {
        type: 'MARKET',
        side: 'SELL',
        quantity: '0.1',
        more: { reduceOnly: true, clientOrderId: 'x' },
      });
    expect(refused(venue, ask)).toBe('INSUFFICIENT_MARGIN');
    expect(venue.core.exchange.order(long, { orderId: own })?.status).toBe('PENDING');
  });

  it('an amended order stays as it was (MAT-7)', () => {
    const { venue, long, resting } = nearlyBankruptLong();
    const price = venue.ticks('BTCUSDT', '59000');
    const ask = () =>
      venue.run({
        type: 'amend-order',
        actor: { userId: long },
        amendment: { symbol: 'BTCUSDT', orderId: resting, price },
      });
    expect(refused(venue, ask)).toBe('INSUFFICIENT_MARGIN');
    expect(venue.core.exchange.order(long, { orderId: resting })).toMatchObject({ status: 'PENDING', price: 596_000 });
  });

  it('an amended order with CANCEL_TAKER and only its own order to meet stays as it was (MAT-6, MAT-7)', () => {
    const venue = new TestVenue();
    const user = venue.user('100000');
    venue.price('60000');
    venue.placed(user, { side: 'SELL', price: '60100', quantity: '0.1' });
    const orderId = venue.placed(user, {
      side: 'BUY',
      price: '59900',
      quantity: '0.1',
      more: { selfTradePrevention: 'CANCEL_TAKER' },
    });
    const price = venue.ticks('BTCUSDT', '60100');
    const ask = () =>
      venue.run({ type: 'amend-order', actor: { userId: user }, amendment: { symbol: 'BTCUSDT', orderId, price } });
    expect(refused(venue, ask)).toBe('SELF_TRADE');
  });
});

describe('a fill at the very price at which nothing is left (LIQ-6, MRG-11)', () => {
  it.each(['CROSS', 'ISOLATED'] as const)('happens, one tick below it does not (%s)', (marginMode) => {
    const scene = new CrashScene();
    scene.prices({ BTCUSDT: '60000' });
    const user = scene.trader({ wallet: '640', leverage: 75, isolated: marginMode === 'ISOLATED' });
    // 640 of margin behind 0.8: nothing is left at 59,200.
    scene.buys(user, '60000', '0.8');
    scene.at({ BTCUSDT: '59500' });
    const close = (price: string) =>
      scene.place(user, { side: 'SELL', price, quantity: '0.8', more: { reduceOnly: true, timeInForce: 'IOC' } }).reply;
    const bid = scene.placed(scene.rich, { side: 'BUY', price: '59199.9', quantity: '1' });
    expect(close('59199.9')).toMatchObject({ ok: false, reason: 'INSUFFICIENT_MARGIN' });
    scene.ok({ type: 'cancel-order', actor: { userId: scene.rich }, order: { symbol: 'BTCUSDT', orderId: bid } });
    scene.placed(scene.rich, { side: 'BUY', price: '59200', quantity: '1' });
    expect(close('59200')).toMatchObject({ ok: true, order: { status: 'FILLED' } });
    expect(scene.account(user).wallet).toBe(0n);
  });
});
