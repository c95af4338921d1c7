import { parseDecimal } from '@openvenue/money';
import { describe, expect, it, vi } from 'vitest';
import type { Command, NewOrder } from '../../command.ts';
import { Core } from '../../core.ts';
import { feeless } from '../../testing/crash-scene.ts';
import { SeededRandom } from '../../testing/index.ts';
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

  it('forgets who has no position, and keeps no more entries than it needs', () => {
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
