import { describe, expect, it } from 'vitest';
import { TestVenue, testSymbol } from '../../testing/index.ts';
import type { SymbolStatus } from '../enums.ts';

function inState(status: SymbolStatus) {
  const venue = new TestVenue();
  const [long, short] = [venue.user('100000'), venue.user('100000')];
  venue.price('60000');
  venue.trade(long, short, { price: '60000', quantity: '0.5' });
  const orderId = venue.placed(long, { side: 'BUY', price: '59000', quantity: '0.1' });
  venue.ok({ type: 'configure-symbol', parameters: testSymbol({ status }) });
  venue.price('60000');
  const at = { symbol: 'BTCUSDT', orderId };
  const actor = { userId: long };
  return {
    venue,
    long,
    short,
    cancel: () => venue.run({ type: 'cancel-order', actor, order: at }).reply,
    amend: () => venue.run({ type: 'amend-order', actor, amendment: { ...at, quantity: 50 as never } }).reply,
    cancelAll: () => venue.run({ type: 'cancel-all-orders', actor }).reply,
    status: () => venue.core.exchange.order(long, { orderId })?.status,
  };
}

describe('states of a symbol (SYM-4)', () => {
  it('HALTED: no orders, no amends, no cancels', () => {
    const { venue, long, cancel, amend, cancelAll, status } = inState('HALTED');
    const refusal = { ok: false, reason: 'SYMBOL_NOT_TRADING' };
    expect([cancel(), amend()]).toMatchObject([refusal, refusal]);
    expect(cancelAll()).toMatchObject({ ok: true, count: 0 });
    expect(status()).toBe('PENDING');
    expect(
      venue.place(long, { side: 'SELL', price: '60000', quantity: '0.1', more: { reduceOnly: true } }).reply,
    ).toMatchObject(refusal);
  });

  it('CANCEL_ONLY: no orders, no amends, cancels go on', () => {
    const { venue, long, cancel, amend } = inState('CANCEL_ONLY');
    expect(amend()).toMatchObject({ reason: 'SYMBOL_NOT_TRADING' });
    expect(cancel()).toMatchObject({ ok: true, order: { status: 'CANCELED' } });
    expect(venue.place(long, { side: 'BUY', price: '60000', quantity: '0.1' }).reply).toMatchObject({
      reason: 'SYMBOL_NOT_TRADING',
    });
  });

  it('REDUCE_ONLY: orders count as reduce-only without saying so, together they never flip a position (INV-7)', () => {
    const { venue, long } = inState('REDUCE_ONLY');
    const sell = (price: string, quantity: string) => venue.place(long, { side: 'SELL', price, quantity }).reply;
    expect(sell('60100', '0.6')).toMatchObject({ ok: false, reason: 'SYMBOL_NOT_TRADING' });
    expect(sell('60100', '0.4')).toMatchObject({ ok: true, order: { reduceOnly: true } });
    expect(sell('60200', '0.4')).toMatchObject({ ok: true, order: { quantity: 100 } });
    expect(sell('60300', '0.4')).toMatchObject({ ok: false, reason: 'NOTHING_TO_REDUCE' });
    expect(venue.place(long, { side: 'BUY', price: '59000', quantity: '0.1' }).reply).toMatchObject({
      reason: 'SYMBOL_NOT_TRADING',
    });
  });
});
