import { describe, expect, it } from 'vitest';
import { Core } from '../../core.ts';
import type { Event } from '../../event.ts';
import { crashCommand, crashMarket } from '../../testing/crash-market.ts';
import { invariantFaults, SeededRandom } from '../../testing/index.ts';
import { NaiveBook } from '../book/naive-book.ts';
import { explainLiquidation } from './explain-liquidation.ts';

const SEEDS = 8;
const COMMANDS = 4_000;

describe('liquidation in random markets that crash', () => {
  it('INV-5, LIQ-5: finds whom a scan of all accounts finds, after every command; every step explains itself', () => {
    const seen = new Map<string, number>();
    for (let seed = 1; seed <= SEEDS; seed++) {
      const random = new SeededRandom(seed);
      let market = crashMarket();
      let timeMs = 1_000;
      for (let i = 0; i < COMMANDS; i++) {
        timeMs += random.chance(1, 60) ? 11_000 : random.integer(0, 900);
        const command = crashCommand(market, random);
        const { events } = market.core.apply(market.core.sequence + 1, timeMs, command);
        expect(invariantFaults(market.core), `seed ${seed}, command ${i}: ${command.type}`).toEqual([]);
        expect(explainLiquidation(events).flatMap(({ faults }) => faults)).toEqual([]);
        for (const kind of kindsOf(events)) seen.set(kind, (seen.get(kind) ?? 0) + 1);
        if (i % 500 === 499) market = { ...market, core: Core.restore(market.core.snapshot()) };
      }
    }
    // The runs are worth something only if everything happened in them.
    for (const kind of [
      'CANCEL_ORDERS',
      'SET_OFF',
      'REDUCE',
      'partial',
      'BOOK',
      'FUND',
      'ADL',
      'mixed',
      'fee',
      'fund takes',
      'fund offer',
      'ISOLATED',
      'CROSS',
      'margin-call',
    ])
      expect(seen.get(kind) ?? 0, `${kind} of ${JSON.stringify([...seen])}`).toBeGreaterThan(0);
  }, 240_000);

  it('INV-6: live, restored and with the naive book it is the same, event by event', () => {
    const random = new SeededRandom(77);
    const market = crashMarket();
    const naive = crashMarket(() => new NaiveBook());
    let restored = Core.restore(market.core.snapshot());
    let timeMs = 1_000;
    let liquidated = 0;
    for (let i = 0; i < COMMANDS; i++) {
      timeMs += random.integer(0, 900);
      const command = crashCommand(market, random);
      const sequence = market.core.sequence + 1;
      const live = market.core.apply(sequence, timeMs, command);
      for (const other of [restored, naive.core]) expect(other.apply(sequence, timeMs, command)).toEqual(live);
      if (live.events.some(({ type }) => type === 'liquidation-step')) liquidated++;
      if (i % 100 === 99) {
        const bytes = market.core.snapshot();
        expect(Buffer.compare(restored.snapshot(), bytes)).toBe(0);
        expect(Buffer.compare(naive.core.snapshot(), bytes)).toBe(0);
        restored = Core.restore(bytes);
      }
    }
    expect(liquidated).toBeGreaterThan(5);
  }, 120_000);
});

/** What happened in a command, by the names under which it is counted. */
function kindsOf(events: readonly Event[]): readonly string[] {
  const kinds: string[] = [];
  const byPrices = events.some(({ type }) => type === 'prices-updated');
  for (const event of events) {
    if (event.type === 'margin-call') kinds.push(event.type);
    const offers = event.type === 'order-updated' && event.order.userId === 0 && event.order.rejectReason === 'IOC';
    if (offers) kinds.push('fund offer');
    if (event.type !== 'liquidation-step') continue;
    kinds.push(event.detail.action, event.marginMode);
    if (!byPrices) kinds.push('another command');
    if (event.detail.action !== 'REDUCE') continue;
    const { fills, kept, fee, takeover } = event.detail.reduction;
    const sides = new Set(fills.map(({ counterparty }) => counterparty));
    kinds.push(...sides);
    if (kept > 0) kinds.push('partial');
    if (sides.size > 1) kinds.push('mixed');
    if (fee > 0n) kinds.push('fee');
    if (takeover !== undefined && sides.has('FUND')) kinds.push(takeover.taken ? 'fund takes' : 'fund beyond its cap');
  }
  return kinds;
}
