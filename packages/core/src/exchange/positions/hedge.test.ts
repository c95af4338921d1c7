import { formatDecimal, parseDecimal } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import { Core } from '../../core.ts';
import type { OrderRecord } from '../../event.ts';
import { BTC, placedCondition, TestVenue, testSymbol } from '../../testing/index.ts';
import type { PositionSide, Side } from '../enums.ts';

const usdt = (text: string): bigint => parseDecimal(text) as bigint;
const LONG = { positionSide: 'LONG' } as const;
const SHORT = { positionSide: 'SHORT' } as const;
const FREE = testSymbol({ feeLevels: [{ ...BTC.feeLevels[0]!, maker: 0 as never, taker: 0 as never }] });

function market(symbol = BTC, wallet = '1000000') {
  const venue = new TestVenue([symbol]);
  const [user, other] = [venue.user(wallet), venue.user('100000000')];
  venue.price('60000');
  const place = (side: Side, positionSide: PositionSide, more: object = {}, price = '60000') =>
    venue.place(user, { side, price, quantity: '1', more: { positionSide, ...more } }).reply;
  /** A fill of the user's order of one leg against the other user. */
  const fill = (side: Side, positionSide: PositionSide, quantity = '1', price = '60000') => {
    venue.placed(other, { side: side === 'BUY' ? 'SELL' : 'BUY', price, quantity });
    return venue.placed(user, { side, price, quantity, more: { positionSide } });
  };
  const legs = () =>
    venue.core.exchange.positions(user).map(({ positionSide, quantity }) => [positionSide, quantity] as const);
  return { venue, user, other, place, fill, legs };
}

describe('hedge positions', () => {
  it('POS-1: positions, orders and claims of one kind refuse the other, both ways', () => {
    const { venue, user, place, fill } = market();
    expect(place('BUY', 'BOTH', {}, '59000')).toMatchObject({ ok: true });
    expect(place('BUY', 'LONG')).toMatchObject({ reason: 'POSITION_SIDE_CONFLICT' });
    venue.ok({ type: 'cancel-all-orders', actor: { userId: user } });
    expect(place('BUY', 'LONG', {}, '59000')).toMatchObject({ ok: true });
    expect(place('BUY', 'BOTH')).toMatchObject({ reason: 'POSITION_SIDE_CONFLICT' });
    expect(place('SELL', 'SHORT', {}, '61000')).toMatchObject({ ok: true });
    venue.ok({ type: 'cancel-all-orders', actor: { userId: user } });
    fill('SELL', 'SHORT');
    expect(place('SELL', 'BOTH')).toMatchObject({ reason: 'POSITION_SIDE_CONFLICT' });
    fill('BUY', 'SHORT');
    fill('BUY', 'BOTH');
    expect(place('BUY', 'LONG')).toMatchObject({ reason: 'POSITION_SIDE_CONFLICT' });
    fill('SELL', 'BOTH');
    const stop = { side: 'BUY', stop: '70000', quantity: '0.1', more: { positionSide: 'LONG' } } as const;
    placedCondition(venue, user, stop);
    expect(place('BUY', 'BOTH')).toMatchObject({ reason: 'POSITION_SIDE_CONFLICT' });
    venue.ok({ type: 'cancel-all-orders', actor: { userId: user }, cancelType: 2 });
    expect(place('BUY', 'BOTH')).toMatchObject({ ok: true });
  });

  it('POS-1: the side is checked after the grid and before reduce-only (MAT-12)', () => {
    const { fill, place } = market();
    fill('BUY', 'LONG');
    const gridFault = { field: 'price', value: '60000.05', below: '60000', above: '60000.1' } as const;
    expect(place('SELL', 'BOTH', { reduceOnly: true, gridFault })).toMatchObject({ reason: 'OFF_GRID' });
    expect(place('SELL', 'BOTH', { reduceOnly: true })).toMatchObject({ reason: 'POSITION_SIDE_CONFLICT' });
  });

  it('MRG-4: an own order that CANCEL_MAKER would cancel is frozen for until then', () => {
    const { venue, user, place } = market(FREE, '6000');
    expect(place('SELL', 'SHORT')).toMatchObject({ ok: true });
    expect(place('BUY', 'LONG')).toMatchObject({
      reason: 'INSUFFICIENT_MARGIN',
      details: { required: usdt('6000'), available: 0n },
    });
    expect(venue.core.exchange.openOrders(user)).toHaveLength(1);
  });

  it('POS-2: what opens a leg cannot be reduce-only or closePosition, what closes it is reduce-only, flag or not', () => {
    const { venue, place, fill, legs } = market();
    for (const [side, positionSide] of [
      ['BUY', 'LONG'],
      ['SELL', 'SHORT'],
    ] as const) {
      expect(place(side, positionSide, { reduceOnly: true })).toMatchObject({ reason: 'NOTHING_TO_REDUCE' });
      expect(place(side, positionSide, { closePosition: true, quantity: 0 })).toMatchObject({
        reason: 'NOTHING_TO_REDUCE',
      });
    }
    expect(place('SELL', 'LONG')).toMatchObject({ reason: 'NOTHING_TO_REDUCE' });
    expect(place('BUY', 'SHORT')).toMatchObject({ reason: 'NOTHING_TO_REDUCE' });
    fill('BUY', 'LONG', '2');
    fill('SELL', 'SHORT', '3');
    expect(legs()).toEqual([
      ['LONG', 2_000],
      ['SHORT', -3_000],
    ]);
    expect(place('SELL', 'LONG', {}, '61000')).toMatchObject({ order: { reduceOnly: true, positionSide: 'LONG' } });
    const cut = place('BUY', 'SHORT', { quantity: venue.steps('BTCUSDT', '9') }, '59000');
    expect(cut).toMatchObject({ order: { reduceOnly: true, quantity: 3_000 } });
  });

  it('POS-3, INV-7: the reduce-only orders of a leg are cut to that leg alone', () => {
    const { venue, user, fill, place, legs } = market();
    fill('BUY', 'LONG', '2');
    fill('SELL', 'SHORT', '2');
    const closing = (side: Side, positionSide: PositionSide, price: string) =>
      (place(side, positionSide, { quantity: 2_000 }, price) as { order: OrderRecord }).order.orderId;
    const ofLong = closing('SELL', 'LONG', '61000');
    const ofShort = closing('BUY', 'SHORT', '59000');
    fill('SELL', 'LONG', '1', '59500');
    expect(legs()).toEqual([
      ['LONG', 1_000],
      ['SHORT', -2_000],
    ]);
    const remaining = (orderId: number) => venue.core.exchange.order(user, { orderId })?.quantity;
    expect([remaining(ofLong), remaining(ofShort)]).toEqual([1_000, 2_000]);
  });

  it('POS-4: closePosition takes the whole leg', () => {
    const { venue, user, other, fill, legs } = market();
    fill('BUY', 'LONG', '2');
    fill('SELL', 'SHORT', '1');
    venue.placed(other, { side: 'BUY', price: '60000', quantity: '5' });
    const more = { positionSide: 'LONG', closePosition: true, timeInForce: 'IOC' } as const;
    venue.placed(user, { type: 'MARKET', side: 'SELL', more });
    expect(legs()).toEqual([['SHORT', -1_000]]);
  });

  it('MRG-3: both legs freeze, and none counts against the other (V11)', () => {
    const { venue, user } = market();
    venue.placed(user, { side: 'BUY', price: '58000', quantity: '1', more: LONG });
    venue.placed(user, { side: 'SELL', price: '62000', quantity: '1', more: SHORT });
    expect(formatDecimal(venue.account(user).frozen)).toBe('12060');
  });

  it('MRG-2, MRG-5: each leg has its own initial margin and tier', () => {
    const { venue, user, fill } = market(FREE);
    fill('BUY', 'LONG', '0.8');
    fill('SELL', 'SHORT', '0.8');
    expect(formatDecimal(venue.account(user).used)).toBe('9600');
    // 48,000 each is tier 1; 96,000 in one position would be 430.
    expect(formatDecimal(venue.account(user).maintenanceMargin)).toBe('384');
  });

  it('MRG-5: the cap of the leverage holds for each leg (V23)', () => {
    const { venue, user, fill } = market(FREE);
    venue.ok({ type: 'set-leverage', actor: { userId: user }, symbol: 'BTCUSDT', leverage: 50 });
    fill('BUY', 'LONG', '4');
    const place = (quantity: string, side: Side, more: object) =>
      venue.place(user, { side, price: side === 'BUY' ? '59500' : '60500', quantity, more }).reply;
    expect(place('0.169', 'BUY', LONG)).toMatchObject({ reason: 'TIER_LIMIT' });
    expect(place('0.168', 'BUY', LONG)).toMatchObject({ ok: true });
    expect(place('4.132', 'SELL', SHORT)).toMatchObject({ ok: true });
    expect(place('0.001', 'SELL', SHORT)).toMatchObject({ reason: 'TIER_LIMIT' });
  });

  it('MRG-4: only the net loss of both legs is taken off', () => {
    const { venue, user, fill } = market(FREE);
    fill('BUY', 'LONG', '2');
    fill('SELL', 'SHORT', '1');
    const { available } = venue.account(user);
    venue.price('61000');
    expect(venue.account(user).available).toBe(available);
    venue.price('59000');
    expect(venue.account(user).available).toBe(available - usdt('1000'));
  });

  it('INV-2, INV-6: open interest counts long legs; legs survive a snapshot', () => {
    const { venue, user, fill } = market();
    fill('BUY', 'LONG', '2');
    fill('SELL', 'SHORT', '1');
    expect(venue.core.exchange.symbol('BTCUSDT')?.openInterest).toBe(3_000 - 1_000);
    venue.placed(user, { side: 'SELL', price: '61000', quantity: '1', more: LONG });
    const bytes = venue.core.snapshot();
    const restored = Core.restore(bytes);
    expect(Buffer.compare(restored.snapshot(), bytes)).toBe(0);
    expect(restored.exchange.positions(user)).toEqual(venue.core.exchange.positions(user));
  });

  it('has a position of each leg to show, a short leg with a negative size', () => {
    const { venue, user, fill } = market(FREE, '5000');
    venue.ok({ type: 'set-leverage', actor: { userId: user }, symbol: 'BTCUSDT', leverage: 50 });
    fill('BUY', 'LONG', '1');
    fill('SELL', 'SHORT', '0.4', '60000');
    expect(venue.core.exchange.positions(user)).toMatchObject([
      { positionSide: 'LONG', quantity: 1_000, notional: usdt('60000'), maintenanceMargin: usdt('250') },
      { positionSide: 'SHORT', quantity: -400, notional: usdt('24000'), maintenanceMargin: usdt('96') },
    ]);
  });
});
