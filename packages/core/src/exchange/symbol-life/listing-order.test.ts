import { expect, it } from 'vitest';
import { Core } from '../../core.ts';
import { BTC, ETH, TestVenue } from '../../testing/index.ts';

const DAY_MS = 86_400_000;

// Found by the whole-exchange run of seed 1 (wide) at command 134,368.
it('INV-6: symbols that end in one command end in listing order, announced in another, also after a restart', () => {
  const venue = new TestVenue([BTC, ETH]);
  venue.prices({ BTCUSDT: '60000', ETHUSDT: '60000' });
  for (const symbol of ['ETHUSDT', 'BTCUSDT']) venue.ok({ type: 'delist-symbol', symbol, atMs: venue.timeMs + DAY_MS });
  const restored = Core.restore(venue.core.snapshot());
  venue.timeMs += DAY_MS;
  const command = { type: 'update-prices', symbols: [] } as const;
  const again = restored.apply(restored.sequence + 1, venue.timeMs, command);
  const { events } = venue.run(command);
  expect(again.events).toEqual(events);
  const ended = events.filter((event) => event.type === 'symbol-delisting');
  expect(ended.map(({ symbol, phase }) => `${symbol} ${phase}`)).toEqual([
    'BTCUSDT REDUCE_ONLY',
    'BTCUSDT ENDED',
    'ETHUSDT REDUCE_ONLY',
    'ETHUSDT ENDED',
  ]);
});
