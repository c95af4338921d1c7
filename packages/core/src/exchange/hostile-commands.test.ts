import { afterEach, describe, expect, it } from 'vitest';
import type { Command } from '../command.ts';
import { Core } from '../core.ts';
import { BTC, ETH, placedCondition, SeededRandom, TestVenue } from '../testing/index.ts';
import { MAX_PRICED_SYMBOLS, MAX_QUOTES } from './command-form.ts';

const GARBAGE: readonly unknown[] = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -1,
  0.5,
  2 ** 53,
  -(2 ** 60),
  1e308,
  null,
  '',
  '1',
  'x'.repeat(10_000),
  '\ud800',
  true,
  [],
  [[]],
  {},
  10n ** 40n,
  -5n,
  'constructor',
  '__proto__',
];

/** Every command of the exchange, complete and acceptable in itself. */
const order = {
  symbol: 'BTCUSDT',
  type: 'LIMIT',
  side: 'BUY',
  positionSide: 'BOTH',
  price: 595_000,
  quantity: 10,
  timeInForce: 'GTC',
  reduceOnly: false,
  makerOnly: false,
  closePosition: false,
  clientOrderId: 'id',
  placeType: 'web',
  selfTradePrevention: 'CANCEL_BOTH',
  priceType: 0,
};
const actor = { userId: 1 };
const amendment = { symbol: 'BTCUSDT', orderId: 1, price: 594_000, quantity: 7 };
const condition = {
  symbol: 'BTCUSDT',
  type: 'STOP_LIMIT',
  side: 'BUY',
  positionSide: 'BOTH',
  price: 620_000,
  quantity: 10,
  stopPrice: 615_000,
  workingType: 'MARK_PRICE',
  priceProtect: true,
  timeInForce: 'GTC',
  reduceOnly: false,
  closePosition: false,
  clientOrderId: 'condition',
  selfTradePrevention: 'CANCEL_TAKER',
};
const exit = { stopPrice: 580_000, workingType: 'CONTRACT_PRICE', price: 579_000 };
const leg = {
  firstDrivenId: 1,
  firstDrivenOn: 'FILLED',
  firstTrigger: 'PLACE_ORDER',
  secondDrivenId: 0,
};
const COMMANDS: readonly Record<string, unknown>[] = [
  { type: 'place-order', actor, order },
  {
    type: 'place-order',
    actor,
    order: { ...order, gridFault: { field: 'price', value: '1', below: '0', above: '2' } },
  },
  { type: 'place-orders', actor, orders: [order] },
  { type: 'cancel-order', actor, order: { symbol: 'BTCUSDT', orderId: 1, clientOrderId: 'mine' } },
  { type: 'cancel-orders', actor, orders: [{ symbol: 'BTCUSDT', orderId: 1, clientOrderId: 'mine' }] },
  { type: 'amend-order', actor, amendment },
  { type: 'amend-orders', actor, amendments: [amendment] },
  { type: 'cancel-all-orders', actor, symbol: 'BTCUSDT', cancelType: 1 },
  { type: 'place-condition', actor, condition },
  {
    type: 'place-condition',
    actor,
    condition: { ...condition, type: 'TRAILING_STOP', activatePrice: 590_000, callbackRate: 5 },
  },
  { type: 'cancel-condition', actor, condition: { symbol: 'BTCUSDT', conditionId: 1, clientOrderId: 'stop' } },
  {
    type: 'place-strategy',
    actor,
    strategy: {
      strategyType: 'OTOCO',
      subOrders: [
        { strategySubId: 1, firstDrivenId: 0, secondDrivenId: 0, order },
        { ...leg, strategySubId: 2, order: { ...order, side: 'SELL', price: 605_000, clientOrderId: 'exit' } },
        { ...leg, strategySubId: 3, condition: { ...condition, side: 'SELL', stopPrice: 580_000 } },
      ],
    },
  },
  { type: 'place-order', actor, order: { ...order, takeProfit: { ...exit, stopPrice: 610_000 }, stopLoss: exit } },
  { type: 'cancel-all-after', actor, timeoutMs: 5_000, keepReduceOnly: true },
  { type: 'set-leverage', actor, symbol: 'BTCUSDT', leverage: 7 },
  { type: 'set-margin-mode', actor: { userId: 3 }, symbol: 'BTCUSDT', marginMode: 'ISOLATED' },
  { type: 'adjust-isolated-margin', actor, symbol: 'ETHUSDT', positionSide: 'BOTH', amount: 100_000_000n },
  {
    type: 'update-prices',
    symbols: [{ symbol: 'BTCUSDT', quotes: [{ source: 's', price: 600_100, ageMs: 5, weight: 1 }] }],
  },
  { type: 'adjust-wallet', userId: 1, amount: 100_000_000n, changeType: 'TRANSFER_IN' },
  { type: 'configure-symbol', parameters: { ...BTC } },
];

/** The value with one of its parts, at any depth, replaced or left out. */
function mutated(value: unknown, random: SeededRandom): unknown {
  if (typeof value !== 'object' || value === null || random.chance(1, 6)) return random.pick(GARBAGE);
  if (Array.isArray(value)) {
    if (value.length === 0) return random.pick(GARBAGE);
    const at = random.integer(0, value.length - 1);
    return value.map((item, i) => (i === at ? mutated(item, random) : item));
  }
  const key = random.pick(Object.keys(value));
  const copy: Record<string, unknown> = { ...value };
  if (random.chance(1, 8)) delete copy[key];
  else copy[key] = mutated(copy[key], random);
  return copy;
}

const told = (command: unknown): string =>
  JSON.stringify(command, (_key, value) =>
    typeof value === 'bigint' ? `${value}n` : typeof value === 'number' ? String(value) : value,
  ).slice(0, 600);

function openMarket() {
  const venue = new TestVenue([BTC, ETH]);
  const [a, b] = [venue.user('10000'), venue.user('10000')];
  venue.user('0');
  venue.prices({ BTCUSDT: '60000', ETHUSDT: '60000' });
  venue.ok({ type: 'set-margin-mode', actor: { userId: a }, symbol: 'ETHUSDT', marginMode: 'ISOLATED' });
  venue.placed(a, { side: 'BUY', price: '59000', quantity: '0.01', more: { clientOrderId: 'mine' } });
  venue.placed(b, { side: 'SELL', price: '60100', quantity: '0.01' });
  placedCondition(venue, a, { side: 'BUY', stop: '61000', quantity: '0.01', more: { clientOrderId: 'stop' } });
  venue.trade(a, b, { symbol: 'ETHUSDT', price: '60000', quantity: '0.01' });
  return { venue, bytes: venue.core.snapshot(), timeMs: venue.timeMs };
}

describe('no command, however wrong, throws or half happens', () => {
  const { bytes, timeMs } = openMarket();
  let core = Core.restore(bytes);
  afterEach(() => {
    core = Core.restore(bytes);
  });
  /** What a refused command leaves: the same state, one sequence on. */
  const untouched = (): Uint8Array => {
    const copy = Core.restore(bytes);
    copy.apply(copy.sequence + 1, timeMs, {
      type: 'cancel-order',
      actor: { userId: 1 },
      order: { symbol: 'NONE', orderId: 0 },
    });
    return copy.snapshot();
  };

  it('MAT-12: the commands themselves are good', () => {
    for (const command of COMMANDS) {
      const copy = Core.restore(bytes);
      const { reply } = copy.apply(copy.sequence + 1, timeMs, command as unknown as Command);
      const offGrid = !reply.ok && reply.reason === 'OFF_GRID';
      expect(reply.ok || offGrid, told([command, reply])).toBe(true);
    }
  });

  it('MAT-12: with any part replaced by garbage they answer, a refusal leaves the state as it was, and it can be saved', () => {
    const random = new SeededRandom(7);
    const nothingHappened = untouched();
    let refusals = 0;
    for (let i = 0; i < 12_000; i++) {
      const command = mutated(random.pick(COMMANDS), random);
      const copy = Core.restore(bytes);
      const { reply, events } = copy.apply(copy.sequence + 1, timeMs, command as Command);
      expect(typeof reply?.ok, told(command)).toBe('boolean');
      const after = copy.snapshot();
      if (!reply.ok) {
        refusals++;
        expect(events, told(command)).toEqual([]);
        expect(Buffer.compare(after, nothingHappened), told(command)).toBe(0);
      }
    }
    expect(refusals).toBeGreaterThan(5_000);
  });

  it.each([null, undefined, 5, 'text', [], {}, { type: 'no-such' }, { type: 'constructor' }])(
    'refuses %j as a command',
    (command) => {
      expect(core.apply(core.sequence + 1, timeMs, command as never).reply).toMatchObject({
        ok: false,
        reason: 'INVALID_PARAMETER',
      });
    },
  );

  it('a typo in a flag is refused and never becomes an open order', () => {
    const { reply } = core.apply(core.sequence + 1, timeMs, {
      type: 'place-order',
      actor,
      order: { ...order, reduceOnly: 'true' },
    } as never);
    expect(reply).toMatchObject({ ok: false, reason: 'INVALID_PARAMETER' });
  });

  it.each([
    [
      'quotes of a symbol',
      {
        symbols: [
          {
            symbol: 'BTCUSDT',
            quotes: Array.from({ length: MAX_QUOTES + 1 }, () => ({ source: 's', price: 1, ageMs: 0, weight: 1 })),
          },
        ],
      },
    ],
    ['symbols', { symbols: Array.from({ length: MAX_PRICED_SYMBOLS + 1 }, () => ({ symbol: 'BTCUSDT', quotes: [] })) }],
  ])('PRC-1: refuses a price command with too many %s', (_name, rest) => {
    expect(core.apply(core.sequence + 1, timeMs, { type: 'update-prices', ...rest } as never).reply).toMatchObject({
      ok: false,
    });
  });
});
