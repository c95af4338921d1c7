import { describe, expect, it } from 'vitest';
import { Core } from '../../core.ts';
import { newCondition, placedCondition, placedStrategy, strategyOf, TestVenue } from '../../testing/index.ts';

/** A leg that is placed when the first order has filled. */
const driven = {
  firstDrivenId: 1,
  firstDrivenOn: 'FILLED',
  firstTrigger: 'PLACE_ORDER',
  secondDrivenId: 0,
} as const;

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

  it('brings nothing into the book: a leg that waits for one of the orders ends with it, conditions among the legs stay', () => {
    const { venue, a, b, set, openIds } = market();
    const strategy = (reduceOnly: boolean) => {
      const sell = venue.order({ side: 'SELL', price: '61000', quantity: '0.2', more: { reduceOnly } });
      const stop = newCondition(venue, { side: 'SELL', stop: '58500', quantity: '0.2', more: { reduceOnly: true } });
      return placedStrategy(venue, a, {
        strategyType: 'OTOCO',
        subOrders: [
          {
            strategySubId: 1,
            firstDrivenId: 0,
            secondDrivenId: 0,
            order: venue.order({ side: 'BUY', price: '59990', quantity: '0.2' }),
          },
          { strategySubId: 2, ...driven, order: sell },
          { strategySubId: 3, ...driven, condition: stop },
        ],
      });
    };
    const [plain, reducing] = [strategy(false), strategy(true)];
    venue.placed(b, { side: 'SELL', price: '59990', quantity: '0.3' });
    const legs = (strategyId: number) =>
      strategyOf(venue, a, strategyId).subOrders.map(({ order, condition }) => (order ?? condition)?.status);
    expect(legs(reducing)).toEqual(['PARTIALLY_FILLED', 'NEW', 'PENDING_ACTIVATION']);
    // The first strategy has filled whole: its leg is in the book already.
    expect(legs(plain)).toEqual(['FILLED', 'PENDING', 'PENDING']);
    const restored = Core.restore(venue.core.snapshot());
    set(1_000);
    venue.timeMs += 1_000;
    venue.price('60000');
    expect(openIds()).toEqual([]);
    expect(legs(reducing)).toEqual(['PARTIALLY_FILLED_CANCELED', 'CANCELED', 'PENDING']);
    // Kept when the reduce-only ones are, and placed for what has filled.
    const command = { type: 'cancel-all-after', actor: { userId: a }, timeoutMs: 1_000, keepReduceOnly: true } as const;
    restored.apply(restored.sequence + 1, venue.timeMs, command);
    restored.apply(restored.sequence + 1, venue.timeMs + 1_000, { type: 'update-prices', symbols: [] });
    expect(restored.exchange.strategy(a, reducing)?.subOrders[1]?.order).toMatchObject({
      status: 'PENDING',
      quantity: 100,
    });
  });

  it('leaves the legs of a condition, as it leaves the condition', () => {
    const { venue, a, set } = market();
    placedStrategy(venue, a, {
      strategyType: 'OTO',
      subOrders: [
        {
          strategySubId: 1,
          firstDrivenId: 0,
          secondDrivenId: 0,
          condition: newCondition(venue, { side: 'BUY', stop: '60500', quantity: '0.1' }),
        },
        { strategySubId: 2, ...driven, order: venue.order({ side: 'SELL', price: '61000', quantity: '0.1' }) },
      ],
    });
    set(1_000);
    venue.timeMs += 1_000;
    venue.price('60000');
    expect(venue.core.exchange.waitingOrders(a)).toHaveLength(1);
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
