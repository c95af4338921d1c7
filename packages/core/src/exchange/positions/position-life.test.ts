import { formatDecimal, type Money, parseDecimal } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import { Core, type Outcome } from '../../core.ts';
import type { ClosedPositionRecord } from '../../event.ts';
import { TestVenue } from '../../testing/index.ts';

const usdt = (text: string): bigint => parseDecimal(text) as bigint;

function market() {
  const venue = new TestVenue();
  const [user, other] = [venue.user('1000000'), venue.user('1000000')];
  venue.price('60000');
  const trade = (side: 'BUY' | 'SELL', quantity: string, price: string): Outcome => {
    venue.placed(other, { side: side === 'BUY' ? 'SELL' : 'BUY', price, quantity });
    venue.timeMs += 1_000;
    return venue.ok({ type: 'place-order', actor: { userId: user }, order: venue.order({ side, price, quantity }) });
  };
  const closed = ({ events }: Outcome): ClosedPositionRecord[] =>
    events.flatMap((event) => (event.type === 'position-closed' && event.closed.userId === user ? [event.closed] : []));
  const fillPositions = ({ events }: Outcome): number[] =>
    events.flatMap((event) =>
      event.type === 'order-updated' && event.fill?.userId === user ? [event.fill.positionId] : [],
    );
  return { venue, user, other, trade, closed, fillPositions };
}

describe('the life of a position (POS-6)', () => {
  it('is summed over all its fills and told when it ends', () => {
    const { venue, trade, closed } = market();
    trade('BUY', '1', '60000');
    const openedAtMs = venue.timeMs;
    trade('BUY', '3', '60100');
    expect(closed(trade('SELL', '2', '60200'))).toEqual([]);
    trade('BUY', '1', '59900');
    const [record] = closed(trade('SELL', '3', '60300'));
    expect(record).toMatchObject({
      symbol: 'BTCUSDT',
      positionSide: 'BOTH',
      direction: 'long',
      leverage: 10,
      marginMode: 'CROSS',
      maxQuantity: 4_000,
      closedQuantity: 5_000n,
      openedValue: usdt('300200'),
      closedValue: usdt('301300'),
      entryPrice: usdt('60040'),
      closePrice: usdt('60260'),
      realizedPnl: usdt('1100'),
      fundingFeeAccum: 0n,
      closeTrigger: 'MANUAL',
      openedAtMs,
      closedAtMs: venue.timeMs,
    });
    // 1,100 by (60,040 x 4 / 10).
    expect(formatDecimal(record?.roe ?? 0n)).toBe('0.0458028');
  });

  it('a short gains when it is bought back below', () => {
    const { trade, closed } = market();
    trade('SELL', '2', '60000');
    const [record] = closed(trade('BUY', '2', '60100'));
    expect(record).toMatchObject({ direction: 'short', realizedPnl: -usdt('200'), maxQuantity: 2_000 });
  });

  it('the sum of realised PnL is that of its fills, to the last unit', () => {
    const { trade, closed, user } = market();
    trade('BUY', '0.003', '60000.1');
    trade('BUY', '0.004', '60000.2');
    const outcomes = ['0.002', '0.004', '0.001'].map((quantity) => trade('SELL', quantity, '60010.3'));
    const realized = outcomes
      .flatMap(({ events }) => events)
      .flatMap((event) =>
        event.type === 'order-updated' && event.fill?.userId === user ? [event.fill.realizedPnl as bigint] : [],
      );
    const [record] = outcomes.flatMap(closed);
    expect(record?.realizedPnl).toBe(realized.reduce((sum, pnl) => sum + pnl, 0n));
  });

  it('a flip ends one position and begins another; its fill names the one it closed', () => {
    const { venue, user, trade, closed, fillPositions } = market();
    const [first] = fillPositions(trade('BUY', '1', '60000'));
    const flip = trade('SELL', '3', '60100');
    expect(closed(flip)).toMatchObject([{ positionId: first, direction: 'long', closedQuantity: 1_000n }]);
    expect(fillPositions(flip)).toEqual([first]);
    const second = venue.position(user)?.positionId;
    expect(second).toBeGreaterThan(first as number);
    const end = trade('BUY', '2', '60000');
    expect(closed(end)).toMatchObject([
      { positionId: second, direction: 'short', openedValue: usdt('120200'), maxQuantity: 2_000 },
    ]);
    expect(fillPositions(end)).toEqual([second]);
  });

  it('knows when it last changed: by a fill, its funding or its margin, but not by a price', () => {
    const { venue, user, trade } = market();
    venue.ok({ type: 'set-margin-mode', actor: { userId: user }, symbol: 'BTCUSDT', marginMode: 'ISOLATED' });
    trade('BUY', '1', '60000');
    const openedAtMs = venue.timeMs;
    venue.timeMs += 1_000;
    venue.price('60010');
    expect(venue.position(user)).toMatchObject({ openedAtMs, updatedAtMs: openedAtMs });
    venue.ok({
      type: 'adjust-isolated-margin',
      actor: { userId: user },
      symbol: 'BTCUSDT',
      positionSide: 'BOTH',
      amount: usdt('10') as Money,
    });
    expect(venue.position(user)).toMatchObject({ openedAtMs, updatedAtMs: venue.timeMs });
    const estimate = venue.position(user)?.nextFundingFee ?? 0n;
    expect(estimate).toBeLessThan(0n);
    venue.timeMs = venue.core.exchange.symbol('BTCUSDT')?.nextFundingAtMs ?? 0;
    venue.price('60010');
    expect(venue.position(user)).toMatchObject({ openedAtMs, updatedAtMs: venue.timeMs });
    expect(venue.position(user)?.fundingFeeAccum).toBeLessThan(0n);
    expect(Core.restore(venue.core.snapshot()).exchange.positions(user)).toEqual(venue.core.exchange.positions(user));
  });

  it('an order keeps the leverage and margin mode of its last change', () => {
    const { venue, user } = market();
    const actor = { userId: user };
    const symbol = 'BTCUSDT';
    const settings = (leverage: number) => venue.ok({ type: 'set-leverage', actor, symbol, leverage });
    venue.ok({ type: 'set-margin-mode', actor, symbol, marginMode: 'ISOLATED' });
    settings(5);
    const orderId = venue.placed(user, { side: 'BUY', price: '59000', quantity: '1' });
    const order = (core = venue.core) => core.exchange.order(user, { orderId });
    expect(order()).toMatchObject({ leverage: 5, marginMode: 'ISOLATED' });
    settings(7);
    expect(order()).toMatchObject({ leverage: 5 });
    venue.ok({ type: 'cancel-order', actor, order: { symbol, orderId } });
    settings(9);
    venue.ok({ type: 'set-margin-mode', actor, symbol, marginMode: 'CROSS' });
    expect(order()).toMatchObject({ status: 'CANCELED', leverage: 7, marginMode: 'ISOLATED' });
    expect(order(Core.restore(venue.core.snapshot()))).toEqual(order());
  });

  it('goes on after a restart as if nothing had been', () => {
    const { venue, user, trade } = market();
    trade('BUY', '1', '60000');
    trade('SELL', '0.4', '60100');
    const restored = Core.restore(venue.core.snapshot());
    const order = venue.order({ side: 'SELL', price: '60000', quantity: '0.6' });
    const place = (core: Core) =>
      [
        [2, venue.order({ side: 'BUY', price: '60000', quantity: '0.6' })],
        [user, order],
      ].flatMap(
        ([userId, each]) =>
          core.apply(core.sequence + 1, venue.timeMs, {
            type: 'place-order',
            actor: { userId: userId as number },
            order: each as typeof order,
          }).events,
      );
    const events = place(restored);
    expect(events).toEqual(place(venue.core));
    expect(events).toContainEqual(expect.objectContaining({ type: 'position-closed' }));
  });
});
