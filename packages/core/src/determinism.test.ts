import { afterEach, describe, expect, it, vi } from 'vitest';
import { decodeCommand, encodeCommand } from './command-codec.ts';
import { Core } from './core.ts';
import { BTC, ETH, randomCommand, SeededRandom, TestVenue } from './testing/index.ts';

const CENTERS = new Map([
  ['BTCUSDT', 600_000],
  ['ETHUSDT', 600_000],
]);

afterEach(() => vi.unstubAllGlobals());

function run(seed: number, commands: number): TestVenue {
  const venue = new TestVenue([BTC, ETH]);
  const userIds = ['100000', '2000000', '500', '2000000'].map((wallet) => venue.user(wallet));
  for (const userId of userIds.slice(2))
    venue.ok({ type: 'set-margin-mode', actor: { userId }, symbol: 'BTCUSDT', marginMode: 'ISOLATED' });
  venue.prices({ BTCUSDT: '60000', ETHUSDT: '60000' });
  const random = new SeededRandom(seed);
  for (let i = 0; i < commands; i++) {
    venue.timeMs += random.integer(0, 500);
    venue.run(randomCommand(venue.core, random, { userIds, centers: CENTERS, spreadTicks: 100 }));
  }
  return venue;
}

describe('the core is a function of its log (INV-6)', () => {
  it('needs no clock, no randomness and no platform', () => {
    const forbid = (name: string) => () => {
      throw new Error(`the core called ${name}`);
    };
    for (const name of ['fetch', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'])
      vi.stubGlobal(name, forbid(name));
    vi.stubGlobal(
      'Date',
      class {
        static now = forbid('Date.now');
        constructor() {
          forbid('new Date')();
        }
      },
    );
    vi.spyOn(Math, 'random').mockImplementation(forbid('Math.random'));
    const venue = run(1, 1_500);
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    expect(venue.core.sequence).toBeGreaterThan(1_500);
  });

  it('live = replay from the encoded journal = snapshot + tail, by bytes', () => {
    const venue = run(2, 6_000);
    expect([...venue.core.exchangeState.endedOrders].length).toBeGreaterThan(600);
    const live = venue.core.snapshot();
    const replayed = new Core();
    let halfway: Uint8Array | undefined;
    for (const { sequence, timeMs, command } of venue.journal) {
      replayed.apply(sequence, timeMs, decodeCommand(encodeCommand(command)));
      // What has ended must never change again: here it is written at once, and of `live` at the end.
      replayed.prepareSnapshot();
      if (sequence === 1_500) halfway = replayed.snapshot();
    }
    expect(Buffer.compare(replayed.snapshot(), live)).toBe(0);
    const resumed = Core.restore(halfway as Uint8Array);
    for (const { sequence, timeMs, command } of venue.journal.slice(1_500)) resumed.apply(sequence, timeMs, command);
    expect(Buffer.compare(resumed.snapshot(), live)).toBe(0);
  });

  it('MAT-11: a restart forgets no clientOrderId, of open orders and of ended ones', () => {
    const venue = new TestVenue();
    const userId = venue.user('100000');
    venue.price('60000');
    const order = (clientOrderId: string) =>
      venue.order({ side: 'BUY', price: '59000', quantity: '0.01', more: { clientOrderId } });
    for (const clientOrderId of ['open', 'ended'])
      venue.ok({ type: 'place-order', actor: { userId }, order: order(clientOrderId) });
    venue.ok({ type: 'cancel-order', actor: { userId }, order: { symbol: 'BTCUSDT', clientOrderId: 'ended' } });
    const restored = Core.restore(venue.core.snapshot());
    for (const clientOrderId of ['open', 'ended']) {
      const { reply } = restored.apply(restored.sequence + 1, venue.timeMs, {
        type: 'place-order',
        actor: { userId },
        order: order(clientOrderId),
      });
      expect(reply).toMatchObject({ ok: false, reason: 'DUPLICATE_CLIENT_ORDER_ID' });
    }
  });

  it('refuses a gap and a time that goes back: the log is wrong then', () => {
    const core = new Core();
    core.apply(1, 1_000, { type: 'update-prices', symbols: [] });
    expect(() => core.apply(3, 1_000, { type: 'update-prices', symbols: [] })).toThrow(RangeError);
    expect(() => core.apply(2, 999, { type: 'update-prices', symbols: [] })).toThrow(RangeError);
  });

  it('refuses a snapshot that is cut or has more behind it', () => {
    const bytes = run(3, 50).core.snapshot();
    expect(() => Core.restore(bytes.subarray(0, bytes.length - 1))).toThrow(RangeError);
    expect(() => Core.restore(Uint8Array.from([...bytes, 0]))).toThrow(RangeError);
    expect(() => Core.restore(Uint8Array.from([bytes[0]! + 1, ...bytes.subarray(1)]))).toThrow(RangeError);
  });
});
