import { describe, expect, it } from 'vitest';
import { Core } from '../../core.ts';
import { placedCondition, TestVenue } from '../../testing/index.ts';

function market() {
  const venue = new TestVenue();
  const [a, b] = [venue.user('1000000'), venue.user('1000000')];
  venue.price('60000');
  venue.trade(a, b, { price: '60000', quantity: '1' });
  const opens = venue.placed(a, { side: 'BUY', price: '59000', quantity: '0.1' });
  const reduces = venue.placed(a, { side: 'SELL', price: '61000', quantity: '0.1', more: { reduceOnly: true } });
  const condition = placedCondition(venue, a, { side: 'SELL', stop: '58000', quantity: '0.1' });
  const set = (timeoutMs: number, keepReduceOnly = false) =>
    venue.run({ type: 'cancel-all-after', actor: { userId: a }, timeoutMs, keepReduceOnly }).reply;
  const openIds = () => venue.core.exchange.openOrders(a).map((order) => order.orderId);
  return { venue, a, b, opens, reduces, condition, set, openIds };
}

describe('cancel-all-after (MAT-14)', () => {
  it('acts before the first command at the deadline, by ascending id, leaves conditions, and is off then', () => {
    const { venue, a, b, opens, reduces, condition, set, openIds } = market();
    const start = venue.timeMs;
    expect(set(5_000)).toEqual({ ok: true, kind: 'deadline', deadlineMs: start + 5_000 });
    venue.timeMs = start + 4_999;
    venue.placed(b, { side: 'BUY', price: '58000', quantity: '0.1' });
    expect(openIds()).toEqual([reduces, opens]);
    venue.timeMs = start + 5_000;
    // The first command of that time would take the order; it is gone before.
    const { events } = venue.place(b, { side: 'SELL', price: '59000', quantity: '0.1' });
    const canceled = events.flatMap((e) =>
      e.type === 'order-updated' && e.executionType === 'CANCELED' ? [[e.order.orderId, e.order.rejectReason]] : [],
    );
    expect(canceled).toEqual([
      [opens, ''],
      [reduces, ''],
    ]);
    expect(events.some((event) => event.type === 'trade')).toBe(false);
    expect(venue.core.exchange.condition(a, { conditionId: condition })?.status).toBe('PENDING');
    expect(venue.core.exchange.cancelDeadline(a)).toBe(0);
    const next = venue.placed(a, { side: 'BUY', price: '57000', quantity: '0.1' });
    venue.timeMs += 86_400_000;
    venue.price('60000');
    expect(openIds()).toEqual([next]);
  });

  it('keeps reduce-only orders when asked to', () => {
    const { venue, reduces, set, openIds } = market();
    set(1_000, true);
    venue.timeMs += 1_000;
    venue.price('60000');
    expect(openIds()).toEqual([reduces]);
  });

  it('a new call replaces it, 0 turns it off, and a restart forgets none', () => {
    const { venue, a, opens, reduces, set, openIds } = market();
    set(1_000);
    set(10_000);
    venue.timeMs += 5_000;
    venue.price('60000');
    expect(openIds()).toEqual([reduces, opens]);
    const restored = Core.restore(venue.core.snapshot());
    expect(Buffer.compare(restored.snapshot(), venue.core.snapshot())).toBe(0);
    restored.apply(restored.sequence + 1, venue.timeMs + 5_000, { type: 'update-prices', symbols: [] });
    expect(restored.exchange.openOrders(a)).toEqual([]);
    set(0);
    venue.timeMs += 50_000;
    venue.price('60000');
    expect(openIds()).toEqual([reduces, opens]);
  });

  it.each([1, 999, 86_400_001])('refuses a timeout of %i ms (2003)', (timeoutMs) => {
    expect(market().set(timeoutMs)).toMatchObject({ ok: false, reason: 'OUT_OF_RANGE' });
  });
});
