import { formatDecimal } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import { Core } from '../../core.ts';
import type { Event } from '../../event.ts';
import { TestVenue, testSymbol } from '../../testing/index.ts';

const HOUR_MS = 3_600_000;

function market() {
  const venue = new TestVenue();
  const [long, short] = [venue.user('100000'), venue.user('100000')];
  venue.price('60000');
  venue.trade(long, short, { price: '60000', quantity: '0.5' });
  const status = (userId: number, orderId: number) => venue.core.exchange.order(userId, { orderId });
  /** A live price of the last hour, `seconds` after it began. */
  const priceAt = (timeMs: number, price: string): readonly Event[] => {
    venue.timeMs = timeMs;
    return venue.price(price);
  };
  const delist = (inMs: number) => venue.run({ type: 'delist-symbol', symbol: 'BTCUSDT', atMs: venue.timeMs + inMs });
  return { venue, long, short, status, priceAt, delist };
}

describe('a symbol turns REDUCE_ONLY (SYM-4)', () => {
  it('ends orders with an opening part; the others count as reduce-only and never exceed the position (INV-7)', () => {
    const { venue, long, status } = market();
    const opening = venue.placed(long, { side: 'BUY', price: '59000', quantity: '0.1' });
    const tooLarge = venue.placed(long, { side: 'SELL', price: '60500', quantity: '0.6' });
    const near = venue.placed(long, { side: 'SELL', price: '60100', quantity: '0.4' });
    const far = venue.placed(long, { side: 'SELL', price: '60200', quantity: '0.3' });
    venue.ok({ type: 'configure-symbol', parameters: testSymbol({ status: 'REDUCE_ONLY' }) });
    expect(status(long, opening)?.status).toBe('PENDING');
    venue.price('60000');
    for (const orderId of [opening, tooLarge])
      expect(status(long, orderId)).toMatchObject({ status: 'CANCELED', rejectReason: 'SYMBOL' });
    expect(status(long, near)).toMatchObject({ reduceOnly: true, quantity: 400 });
    expect(status(long, far)).toMatchObject({ reduceOnly: true, quantity: 100 });
    expect(venue.account(long).frozen).toBe(0n);
    expect(Core.restore(venue.core.snapshot()).snapshot()).toEqual(venue.core.snapshot());
  });
});

describe('scheduled parameters (SYM-1)', () => {
  it('wait for the first price command at or after their time', () => {
    const { venue, priceAt } = market();
    const effectiveAtMs = venue.timeMs + 60_000;
    venue.ok({ type: 'configure-symbol', parameters: testSymbol({ maxOpenOrders: 7 }), effectiveAtMs });
    const limit = () => venue.core.exchange.symbol('BTCUSDT')?.parameters.maxOpenOrders;
    priceAt(effectiveAtMs - 1, '60000');
    expect(limit()).toBe(200);
    expect(Core.restore(venue.core.snapshot()).snapshot()).toEqual(venue.core.snapshot());
    const events = priceAt(effectiveAtMs, '60000');
    expect(limit()).toBe(7);
    expect(events[0]).toEqual({ type: 'symbol-configured', symbol: 'BTCUSDT', version: 2 });
  });
});

describe('delisting (SYM-5)', () => {
  it('needs 24 hours’ notice', () => {
    const { delist } = market();
    expect(delist(24 * HOUR_MS - 1).reply).toMatchObject({ ok: false, reason: 'OUT_OF_RANGE' });
    expect(delist(24 * HOUR_MS).reply).toMatchObject({ ok: true });
  });

  it('takes only reducing orders in its last hour, then ends all orders and settles at the mean index, without a fee', () => {
    const { venue, long, short, status, priceAt, delist } = market();
    const endMs = venue.timeMs + 25 * HOUR_MS;
    delist(25 * HOUR_MS);
    const opening = venue.placed(long, { side: 'BUY', price: '59000', quantity: '0.1' });
    priceAt(endMs - HOUR_MS - 1, '61000');
    expect(status(long, opening)?.status).toBe('PENDING');
    priceAt(endMs - HOUR_MS, '60000');
    expect(status(long, opening)).toMatchObject({ status: 'CANCELED', rejectReason: 'SYMBOL' });
    expect(venue.core.exchange.symbol('BTCUSDT')?.status).toBe('REDUCE_ONLY');
    expect(venue.place(short, { side: 'SELL', price: '60000', quantity: '0.1' }).reply).toMatchObject({ ok: false });
    const closing = venue.placed(long, { side: 'SELL', price: '60500', quantity: '0.2' });
    priceAt(endMs - 1_800_000, '60000.1');
    const restored = Core.restore(venue.core.snapshot());
    const wallets = [long, short].map((user) => venue.account(user).wallet);

    venue.timeMs = endMs;
    const events = venue.run({ type: 'cancel-all-orders', actor: { userId: long } }).events;
    // S7: the mean of 60,000.0 and 60,000.1 is half a tick: up.
    expect(events).toContainEqual({
      type: 'symbol-delisting',
      symbol: 'BTCUSDT',
      phase: 'ENDED',
      atMs: endMs,
      settlement: { price: 600_001, samples: 2 },
    });
    expect(status(long, closing)).toMatchObject({ status: 'CANCELED', rejectReason: 'DELISTED' });
    const changes = [long, short].map((user, i) => venue.account(user).wallet - (wallets[i] ?? 0n));
    expect(changes.map(formatDecimalSigned)).toEqual(['0.05', '-0.05']);
    expect(venue.position(long)).toBeUndefined();
    expect(venue.core.exchange.symbol('BTCUSDT')).toMatchObject({ status: 'HALTED', openInterest: 0 });
    expect(venue.place(long, { side: 'BUY', price: '60000', quantity: '0.1' }).reply).toMatchObject({ ok: false });
    expect(venue.run({ type: 'configure-symbol', parameters: testSymbol({}) }).reply).toMatchObject({ ok: false });
    for (const { sequence, timeMs, command } of venue.journal.slice(restored.sequence))
      restored.apply(sequence, timeMs, command);
    expect(restored.snapshot()).toEqual(venue.core.snapshot());
  });
});

const formatDecimalSigned = (amount: bigint): string =>
  amount < 0n ? `-${formatDecimal(-amount)}` : formatDecimal(amount);
