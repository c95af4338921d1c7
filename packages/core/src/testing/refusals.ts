import { describe, expect, it } from 'vitest';
import { furnished, type RefusedCase } from './furnished-scene.ts';
import { BTC } from './symbols.ts';
import type { TestVenue } from './test-venue.ts';

/** Has each case refused by a venue of its own, with exactly the reason and the details that it names (MAT-12). */
export function testRefusals(groups: Readonly<Record<string, readonly RefusedCase[]>>): void {
  describe.each(Object.entries(groups))('what a refusal says: %s', (_group, cases) => {
    it.each(cases)('MAT-12: %s', (_title, provoke, reason, details) => {
      const scene = furnished();
      const command = provoke(scene);
      expect(scene.venue.run(command).reply).toEqual({ ok: false, reason, details });
    });
  });
}

/** Brings the first symbol into a state in which it does not trade freely. */
export function restrict(venue: TestVenue, status: 'HALTED' | 'REDUCE_ONLY'): void {
  venue.ok({ type: 'configure-symbol', parameters: { ...BTC, status } });
  venue.prices({ BTCUSDT: '60000', ETHUSDT: '60000' });
}

/** What a symbol says to a new order or condition while nothing may open a position (SYM-4, PRC-1). */
export const whileNothingOpens = (type: 'place-order' | 'place-condition'): readonly RefusedCase[] => [
  [
    'a symbol that is halted',
    ({ venue, like }) => {
      restrict(venue, 'HALTED');
      return like(type);
    },
    'SYMBOL_NOT_TRADING',
    { field: 'symbol', value: 'BTCUSDT', rule: 'the symbol is HALTED' },
  ],
  [
    'a symbol that only reduces',
    ({ venue, like }) => {
      restrict(venue, 'REDUCE_ONLY');
      return like(type);
    },
    'SYMBOL_NOT_TRADING',
    { field: 'symbol', value: 'BTCUSDT', rule: 'the symbol takes only orders that reduce a position' },
  ],
  [
    'frozen prices',
    ({ venue, like }) => {
      venue.timeMs += 10_001;
      venue.ok({ type: 'update-prices', symbols: [] });
      return like(type);
    },
    'SYMBOL_NOT_TRADING',
    { field: 'symbol', value: 'BTCUSDT', rule: 'index and mark price are frozen: only closing orders are taken' },
  ],
];
