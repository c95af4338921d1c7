import { formatDecimal, parseDecimal } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import type { OrderPreview } from '../../reads.ts';
import { SeededRandom, TestVenue } from '../../testing/index.ts';
import { tightCommand, tightMarket } from '../../testing/tight-market.ts';

const told = (value: unknown): string => JSON.stringify(value, (_key, v) => (typeof v === 'bigint' ? String(v) : v));

function previewOf(venue: TestVenue, userId: number, order: Parameters<TestVenue['order']>[0]): OrderPreview {
  const preview = venue.core.exchange.previewOrder(userId, venue.order(order));
  if (!preview.ok) throw new Error(preview.reason);
  return preview;
}

describe('the preview of an order', () => {
  it('says what it needs, what it would fill at and what would be left (V12)', () => {
    const venue = new TestVenue();
    const [maker, user] = [venue.user('10000000'), venue.user('4000')];
    venue.price('60000');
    venue.placed(maker, { side: 'SELL', price: '60010', quantity: '0.5' });
    venue.placed(maker, { side: 'SELL', price: '60030', quantity: '0.5' });
    venue.ok({ type: 'set-leverage', actor: { userId: user }, symbol: 'BTCUSDT', leverage: 20 });
    const preview = previewOf(venue, user, { type: 'MARKET', side: 'BUY', quantity: '1' });
    expect(preview).toMatchObject({ leverageTier: 2, warnings: [], worstFillPrice: 600_300 });
    const { required, margin, handlingFee, estimatedFillPrice, availableAfter } = preview;
    expect([required, margin, handlingFee, estimatedFillPrice, availableAfter].map(formatDecimal)).toEqual([
      '3051.01',
      '3001',
      '30.01',
      '60020',
      '948.99',
    ]);
    venue.placed(user, { type: 'MARKET', side: 'BUY', quantity: '1' });
    expect(preview.liqPriceAfter).toBe(venue.position(user)?.liquidationPrice);
  });

  it('MRG-3: its margin is what it adds to the orders that are there', () => {
    const venue = new TestVenue();
    const user = venue.user('10000');
    venue.price('60000');
    const buy = { side: 'BUY', price: '60000', quantity: '0.1' } as const;
    const alone = previewOf(venue, user, buy).margin;
    venue.placed(user, buy);
    expect([alone, previewOf(venue, user, buy).margin].map(formatDecimal)).toEqual(['600', '600']);
  });

  it('warns of margin, a cut, an unfilled rest and own orders; all else is refused as placing is', () => {
    const venue = new TestVenue();
    const [maker, user] = [venue.user('10000000'), venue.user('1000')];
    venue.price('60000');
    const buy = { side: 'BUY', price: '60000', quantity: '0.1' } as const;
    expect(previewOf(venue, user, { ...buy, quantity: '1' }).warnings).toEqual(['INSUFFICIENT_MARGIN']);
    expect(previewOf(venue, user, { ...buy, more: { timeInForce: 'IOC' } }).warnings).toEqual(['PARTIAL_FILL']);
    venue.trade(user, maker, { price: '60000', quantity: '0.05' });
    const close = { side: 'SELL', price: '60500', quantity: '0.07', more: { reduceOnly: true } } as const;
    const cut = previewOf(venue, user, close);
    expect(cut).toMatchObject({ warnings: ['QUANTITY_CUT'], required: 0n, margin: 0n, liqPriceAfter: 0 });
    venue.placed(user, { side: 'SELL', price: '60100', quantity: '0.01' });
    expect(previewOf(venue, user, { ...buy, price: '60100', quantity: '0.01' }).warnings).toEqual(['SELF_TRADE']);
    const refused = venue.order({ ...buy, price: '70000' });
    expect(venue.core.exchange.previewOrder(user, refused)).toMatchObject({ reason: 'PRICE_OUTSIDE_BAND' });
    expect(venue.core.exchange.previewOrder(user, {} as typeof refused)).toMatchObject({ reason: 'INVALID_PARAMETER' });
  });

  it('has no effect, and is what placing then does', () => {
    const seen = { taken: 0, poor: 0, refused: 0, filled: 0, rested: 0 };
    for (let seed = 301; seed <= 460; seed++) {
      const random = new SeededRandom(seed);
      const { core, traders } = tightMarket();
      for (let i = 0; i < 150; i++) {
        const command = tightCommand(core, random, traders);
        if (command.type !== 'place-order') {
          core.apply(core.sequence + 1, core.timeMs, command);
          continue;
        }
        const { userId } = command.actor;
        const before = i % 10 === 0 ? core.snapshot() : undefined;
        const preview = core.exchange.previewOrder(userId, command.order);
        if (before !== undefined) expect(Buffer.compare(core.snapshot(), before)).toBe(0);
        const { reply, events } = core.apply(core.sequence + 1, core.timeMs, command);
        const what = `seed ${seed}: ${told([command, preview, reply])}`;
        if (!preview.ok) {
          seen.refused++;
          expect(reply, what).toEqual(preview);
          continue;
        }
        const poor = preview.warnings.includes('INSUFFICIENT_MARGIN');
        seen[poor ? 'poor' : 'taken']++;
        if (poor) expect(reply, what).toMatchObject({ reason: 'INSUFFICIENT_MARGIN' });
        if (poor) continue;
        if (!reply.ok || reply.kind !== 'order') throw new Error(what);
        // Exits that come with the order, and conditions that its fills meet, are not in the preview.
        if (events.some(({ type }) => type === 'condition-updated' || type === 'strategy-updated')) continue;
        expect(core.exchange.account(userId).available, what).toBe(preview.availableAfter);
        if (reply.order.status === 'FILLED') {
          seen.filled++;
          const { symbol, positionSide, filledTickSteps, filledQuantity } = reply.order;
          const position = core.exchange.positions(userId, symbol).find((each) => each.positionSide === positionSide);
          expect(preview.liqPriceAfter, what).toBe(position?.liquidationPrice ?? 0);
          const average = Number(preview.estimatedFillPrice) / (filledTickSteps / filledQuantity);
          expect(average / Number(parseDecimal('0.1')), what).toBeCloseTo(1, 6);
          expect(preview.warnings).not.toContain('PARTIAL_FILL');
        } else if (reply.order.status === 'PENDING') seen.rested++;
      }
    }
    expect(Math.min(...Object.values(seen)), told(seen)).toBeGreaterThan(100);
  });
});
