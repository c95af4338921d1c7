import { formatDecimal, type PriceTicks, parseSignedDecimal, type Rate } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import type { Event } from '../event.ts';
import { TestVenue, testSymbol } from '../testing/index.ts';
import { Delisting } from './symbols/delisting.ts';

const reasonOf = ({ reply }: ReturnType<TestVenue['run']>): string => (reply.ok ? 'ok' : reply.reason);

describe('sequences', () => {
  it('MAT-3, S1: a maker-only order that would meet only an own order is refused too', () => {
    const venue = new TestVenue();
    const own = venue.user('1000000');
    venue.price('60000');
    const ownId = venue.placed(own, { side: 'SELL', price: '60001', quantity: '3' });
    const { reply } = venue.place(own, { side: 'BUY', price: '60001', quantity: '1', more: { makerOnly: true } });
    expect(reply).toMatchObject({ reason: 'WOULD_TAKE', details: { bestAskTicks: 600_010 } });
    expect(venue.core.exchange.order(own, { orderId: ownId })?.status).toBe('PENDING');
  });

  it('MAT-7, S5: 10 with 3 filled: 12 leaves 9 at the back; a maker-only order that would take is left as it was', () => {
    const venue = new TestVenue();
    const [a, b] = [venue.user('1000000'), venue.user('1000000')];
    venue.price('60000');
    const orderId = venue.placed(a, { side: 'BUY', price: '59990', quantity: '10', more: { makerOnly: true } });
    venue.placed(b, { side: 'SELL', price: '59990', quantity: '3' });
    venue.placed(b, { side: 'SELL', price: '60010', quantity: '1' });
    const amend = (change: object) =>
      venue.run({ type: 'amend-order', actor: { userId: a }, amendment: { symbol: 'BTCUSDT', orderId, ...change } });
    const before = venue.core.exchange.order(a, { orderId });
    expect(reasonOf(amend({ price: 600_100 }))).toBe('WOULD_TAKE');
    expect(venue.core.exchange.order(a, { orderId })).toEqual(before);
    const behind = venue.placed(b, { side: 'BUY', price: '59990', quantity: '0.001' });
    const { reply, events } = amend({ quantity: 12_000 });
    expect(reply).toMatchObject({ ok: true, order: { quantity: 12_000, filledQuantity: 3_000 } });
    expect(events).toContainEqual(expect.objectContaining({ type: 'depth-changed', quantity: 9_001 }));
    const taken = venue.place(a, { type: 'MARKET', side: 'SELL', quantity: '0.001' }).events;
    expect(taken.find(({ type }) => type === 'trade')).toMatchObject({ makerOrderId: behind });
  });

  it('SYM-5, SYM-3, S7: half of 3,600 samples at 60,000.0 and half at 60,000.1 settle at 60,000.1', () => {
    const settlementOf = (higher: number): number => {
      const delisting = new Delisting(3_600_000);
      delisting.phase = 'REDUCE_ONLY';
      for (let second = 1; second <= 3_600; second++)
        delisting.sample(second * 1_000, (second <= higher ? 600_001 : 600_000) as PriceTicks);
      expect(delisting.samples).toBe(3_600);
      return delisting.settlementPrice(0 as PriceTicks);
    };
    expect(settlementOf(1_800)).toBe(600_001);
    expect(settlementOf(1_799)).toBe(600_000);
  });
});

describe('what the rules close', () => {
  it('PRC-2, MAT-9, X3: two accounts that hold book and last trade at the bound cannot walk the mark away', () => {
    const venue = new TestVenue();
    const [a, b] = [venue.user('100000000'), venue.user('100000000')];
    venue.price('60000');
    const mark = (): number => venue.core.exchange.symbol('BTCUSDT')?.mark ?? 0;
    const bound = (): number => {
      const { reply } = venue.place(a, { side: 'BUY', price: '900000', quantity: '0.001' });
      return (reply as { readonly details: { readonly boundTicks: number } }).details.boundTicks;
    };
    const marks: number[] = [];
    for (let round = 0; round < 10; round++) {
      const price = String(bound() / 10);
      for (const userId of [a, b]) venue.ok({ type: 'cancel-all-orders', actor: { userId } });
      venue.trade(a, b, { price, quantity: '0.01' });
      venue.placed(a, { side: 'BUY', price: String(Number(price) - 1), quantity: '0.01' });
      venue.placed(b, { side: 'SELL', price, quantity: '0.01' });
      for (let second = 0; second < 310; second += 30) {
        venue.timeMs += 30_000;
        venue.price('60000');
      }
      marks.push(mark());
    }
    // The first round reaches what the bound allows, the later ones no more than 3 % from the index.
    expect(marks[0]).toBeGreaterThan(605_000);
    expect(marks.slice(-5)).toEqual(Array.from({ length: 5 }, () => 618_000));
    expect(bound()).toBeLessThanOrEqual(630_360);
  });
});

describe('signs (SYM-6)', () => {
  it('SYM-6: what is paid is minus in the ledger and plus as a fee; a rebate the other way round; PnL is without both', () => {
    const rebate = { minVolume30d: 0n as never, maker: -20_000 as Rate, taker: 50_000 as Rate };
    const venue = new TestVenue([testSymbol({ feeLevels: [rebate] })]);
    const [maker, taker] = [venue.user('100000'), venue.user('100000')];
    venue.price('60000');
    venue.trade(taker, maker, { price: '60000', quantity: '1' });
    venue.placed(maker, { side: 'BUY', price: '59900', quantity: '1' });
    const { events } = venue.place(taker, { side: 'SELL', price: '59900', quantity: '1' });
    const told = (userId: number) => ({
      ledger: events.flatMap((event) =>
        event.type === 'ledger' && event.entry.userId === userId
          ? [`${event.entry.changeType} ${signed(event.entry.amount)}`]
          : [],
      ),
      order: events.flatMap((event) =>
        event.type === 'order-updated' && event.order.userId === userId && event.order.filledQuantity > 0
          ? [`fee ${signed(event.order.handlingFee)} pnl ${signed(event.order.realizedPnl)}`]
          : [],
      ),
      closed: events.flatMap((event) => closedPnl(event, userId)),
    });
    expect(told(taker)).toEqual({
      ledger: ['REALIZED_PNL -100', 'HANDLING_FEE -29.95'],
      order: ['fee 29.95 pnl -100'],
      closed: ['-100'],
    });
    expect(told(maker)).toEqual({
      ledger: ['REALIZED_PNL 100', 'HANDLING_FEE 11.98'],
      order: ['fee -11.98 pnl 100'],
      closed: ['100'],
    });
    expect(venue.account(taker).wallet).toBe(parseSignedDecimal('99840.05'));
  });
});

const signed = (amount: bigint): string => (amount < 0n ? `-${formatDecimal(-amount)}` : formatDecimal(amount));

function closedPnl(event: Event, userId: number): readonly string[] {
  return event.type === 'position-closed' && event.closed.userId === userId ? [signed(event.closed.realizedPnl)] : [];
}
