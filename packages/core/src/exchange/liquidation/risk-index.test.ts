import { parseDecimal } from '@openvenue/money';
import { describe, expect, it, vi } from 'vitest';
import type { Command, NewOrder } from '../../command.ts';
import { Core } from '../../core.ts';
import { feeless } from '../../testing/crash-scene.ts';
import { SeededRandom, TestVenue } from '../../testing/index.ts';
import type { Market } from '../symbols/market.ts';
import { PriceHeap } from './price-heap.ts';

const TRADERS = 1_000;
const TICKS = 200;

/** A thousand longs and shorts of 10x to 40x at 60,000. */
function crowd(): Core {
  const core = new Core();
  const run = (command: Command): void => {
    const { reply } = core.apply(core.sequence + 1, 1_000, command);
    if (!reply.ok) throw new Error(`${command.type} was refused: ${reply.reason}`);
  };
  const order = (side: 'BUY' | 'SELL'): NewOrder => ({
    symbol: 'BTCUSDT',
    type: 'LIMIT',
    side,
    positionSide: 'BOTH',
    price: 600_000 as never,
    quantity: 10 as never,
    timeInForce: 'GTC',
  });
  run({ type: 'configure-symbol', parameters: feeless() });
  run(priceCommand(600_000));
  for (let userId = 1; userId <= TRADERS; userId++) {
    const username = `trader-${userId}`;
    const externalUserId = String(1_000_000_000 + userId);
    run({ type: 'create-user', username, externalUserId, passwordHash: '', kind: 'trader' });
    const wallet = parseDecimal(String(60 - (userId % 46))) as bigint;
    run({ type: 'adjust-wallet', userId, amount: wallet as never, changeType: 'TRANSFER_IN' });
    run({ type: 'set-leverage', actor: { userId }, symbol: 'BTCUSDT', leverage: 50 });
    run({ type: 'place-order', actor: { userId }, order: order(userId % 2 === 0 ? 'BUY' : 'SELL') });
  }
  return core;
}

const priceCommand = (price: number): Command => ({
  type: 'update-prices',
  symbols: [{ symbol: 'BTCUSDT', quotes: [{ source: 's', price: price as never, ageMs: 0, weight: 1 }] }],
});

describe('the index of who is near liquidation', () => {
  it('LIQ-1: a price looks at few of a thousand positions, and finds all it must', () => {
    const core = crowd();
    const { risk, accounts } = core.exchangeState;
    expect(risk.size).toBe(TRADERS);
    const watch = vi.spyOn(risk, 'watch');
    const random = new SeededRandom(5);
    let price = 600_000;
    let liquidated = 0;
    for (let i = 0; i < TICKS; i++) {
      price += random.integer(-1_500, 1_500);
      const { events } = core.apply(core.sequence + 1, 2_000 + i * 1_000, priceCommand(price));
      for (const event of events) if (event.type === 'liquidation-step') liquidated++;
    }
    expect(liquidated).toBeGreaterThan(0);
    expect(accounts.size).toBeGreaterThanOrEqual(TRADERS);
    // A full scan would be 200,000 looks.
    expect(watch.mock.calls.length).toBeLessThan(2_000);
  });

  it('does not grow: not with trades and prices that change its ranges all the time, nor behind positions that are gone', () => {
    const venue = new TestVenue([feeless()]);
    const users = Array.from({ length: 120 }, () => venue.user('1000'));
    const { risk, markets } = venue.core.exchangeState;
    const market = markets.get('BTCUSDT') as Market;
    const random = new SeededRandom(3);
    let price = 60_000;
    for (let round = 0; round < 300; round++) {
      price += random.integer(-200, 200);
      venue.price(String(price));
      const [buyer, seller] = [random.pick(users), random.pick(users)];
      if (buyer !== seller) venue.trade(buyer, seller, { price: String(price), quantity: '0.002' });
      // Two entries for each watched unit, and at most as many that are left over; smaller heaps are never swept.
      expect(risk.size).toBeLessThanOrEqual(users.length);
      expect(risk.entries(market)).toBeLessThanOrEqual(2 * Math.max(64, 2 * users.length));
    }
    expect(risk.size).toBeGreaterThan(60);
    for (const userId of users) {
      const held = venue.position(userId)?.quantity ?? 0;
      if (held > 0) venue.place(userId, { side: 'SELL', price: String(price), quantity: String(held / 1_000) });
      else if (held < 0) venue.place(userId, { side: 'BUY', price: String(price), quantity: String(-held / 1_000) });
    }
    expect(venue.core.exchangeState.holders.in(market).size).toBe(0);
    expect(risk.size).toBe(0);
    expect([...venue.core.exchangeState.accounts.values()].filter(({ watched }) => watched !== undefined)).toEqual([]);
    expect(risk.entries(market)).toBeLessThanOrEqual(2 * 64);
  });

  it('keeps no more entries than it needs', () => {
    const heap = new PriceHeap<{ live: boolean }>('up');
    const entries: { live: boolean }[] = [];
    for (let price = 1; price <= 1_000; price++) {
      const entry = { live: true };
      entries.push(entry);
      heap.add(price, entry);
    }
    for (const entry of entries.slice(0, 990)) entry.live = false;
    heap.compact(10);
    expect(heap.size).toBe(10);
    const taken: (object | undefined)[] = [];
    for (let entry = heap.take(995); entry !== undefined; entry = heap.take(995)) taken.push(entry);
    expect(taken).toEqual(entries.slice(990, 995));
    expect(heap.size).toBe(5);
  });

  it('takes prices in their order, from either side', () => {
    const random = new SeededRandom(9);
    for (const direction of ['up', 'down'] as const) {
      const heap = new PriceHeap<{ live: boolean; price: number }>(direction);
      const prices = Array.from({ length: 500 }, () => random.integer(1, 1_000));
      for (const price of prices) heap.add(price, { live: true, price });
      heap.add(Number.POSITIVE_INFINITY, { live: true, price: 0 });
      const taken: number[] = [];
      const end = direction === 'up' ? 1_000 : 1;
      for (let entry = heap.take(end); entry !== undefined; entry = heap.take(end)) taken.push(entry.price);
      expect(taken).toEqual([...prices].sort((a, b) => (direction === 'up' ? a - b : b - a)));
    }
  });
});
