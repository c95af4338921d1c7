import type { PriceTicks } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../testing/index.ts';
import type { ConditionType, Side } from '../enums.ts';
import { FastTriggers } from './fast-triggers.ts';
import { firingTick } from './firing-tick.ts';
import { NaiveTriggers } from './naive-triggers.ts';
import type { Trigger } from './trigger.ts';
import type { TriggerIndex } from './trigger-index.ts';

const ticks = (price: number): PriceTicks => Math.round(price * 10) as PriceTicks;

function conditionWith(conditionId: number, changes: Partial<Trigger>): Trigger {
  return {
    conditionId,
    type: 'STOP_MARKET',
    side: 'SELL',
    stopPrice: 0 as PriceTicks,
    priceProtect: false,
    activatePrice: 0 as PriceTicks,
    callbackRate: 0,
    watermark: 0 as PriceTicks,
    ...changes,
  };
}

const FREE = { fires: true, heldBack: false };
const idsOf = (conditions: readonly Trigger[]): number[] => conditions.map(({ conditionId }) => conditionId);

describe.each([
  ['fast', () => new FastTriggers()],
  ['naive', () => new NaiveTriggers()],
] as const)('%s trigger index', (_name, create: () => TriggerIndex) => {
  const stops = (index: TriggerIndex, of: Partial<Trigger>, list: readonly (readonly [number, number])[]): void => {
    for (const [id, price] of list) index.add(conditionWith(id, { ...of, stopPrice: ticks(price) }));
  };

  it('S4, CND-6: conditions met by one price fire by their distance past the trigger, then by id', () => {
    const index = create();
    stops(index, { side: 'BUY' }, [
      [11, 60_200],
      [7, 60_100],
      [9, 60_200],
      [3, 60_500],
      [4, 60_500.1],
    ]);
    expect(idsOf(index.test(ticks(60_500), FREE).met)).toEqual([7, 9, 11, 3]);
    stops(index, { side: 'SELL' }, [
      [21, 60_300],
      [20, 60_100],
      [22, 60_300],
      [23, 59_999.9],
    ]);
    expect(idsOf(index.test(ticks(60_000), FREE).met)).toEqual([21, 22, 20]);
    expect(index.size).toBe(2);
  });

  it('S3, CND-2: a trailing stop fires at the first tick beyond its watermark less its rate', () => {
    expect(firingTick('SELL', ticks(60_000), 3)).toBe(ticks(59_820));
    expect(firingTick('SELL', ticks(60_000.1), 1)).toBe(ticks(59_940));
    expect(firingTick('BUY', ticks(60_000.1), 1)).toBe(ticks(60_060.2));
    const index = create();
    const trailing = conditionWith(1, { type: 'TRAILING_STOP', activatePrice: ticks(60_500), callbackRate: 2 });
    index.add(trailing);
    expect(index.test(ticks(60_400), FREE)).toEqual({ activated: [], met: [] });
    expect(idsOf(index.test(ticks(60_620), FREE).activated)).toEqual([1]);
    expect(index.watermark(trailing)).toBe(ticks(60_620));
    expect(index.test(ticks(60_700), FREE).met).toEqual([]);
    expect(index.watermark(trailing)).toBe(ticks(60_700));
    expect(index.test(ticks(60_578.7), FREE).met).toEqual([]);
    expect(idsOf(index.test(ticks(60_500), FREE).met)).toEqual([1]);
    expect(trailing.watermark).toBe(ticks(60_700));
  });

  it('CND-3: a held-back price is not latched; CND-1: one where nothing may fire moves watermarks all the same', () => {
    const index = create();
    stops(index, { priceProtect: true }, [[1, 60_000]]);
    stops(index, {}, [[2, 59_000]]);
    const trailing = conditionWith(3, { type: 'TRAILING_STOP', callbackRate: 100 });
    index.add(trailing, ticks(60_100));
    expect(index.test(ticks(60_000), { fires: true, heldBack: true }).met).toEqual([]);
    expect(index.test(ticks(60_000.1), FREE).met).toEqual([]);
    expect(index.test(ticks(61_000), { fires: false, heldBack: false }).met).toEqual([]);
    expect(index.watermark(trailing)).toBe(ticks(61_000));
    expect(idsOf(index.test(ticks(60_000), FREE).met)).toEqual([1]);
    expect(idsOf(index.test(ticks(54_900), FREE).met)).toEqual([2, 3]);
  });
});

const TYPES: readonly ConditionType[] = [
  'STOP_MARKET',
  'STOP_LIMIT',
  'TAKE_PROFIT_MARKET',
  'TAKE_PROFIT_LIMIT',
  'TRAILING_STOP',
  'TRAILING_STOP',
];

/** One index with its own copies of the conditions, so that the two cannot see what the other one writes. */
class Driven {
  readonly index: TriggerIndex;
  readonly waiting = new Map<number, Trigger>();

  constructor(index: TriggerIndex) {
    this.index = index;
  }

  add(condition: Trigger, watermark: PriceTicks | undefined): void {
    const own = { ...condition };
    this.waiting.set(own.conditionId, own);
    this.index.add(own, watermark);
  }

  remove(conditionId: number): void {
    this.index.remove(this.waiting.get(conditionId) as Trigger);
    this.waiting.delete(conditionId);
  }

  test(price: PriceTicks, allowed: { fires: boolean; heldBack: boolean }) {
    const { activated, met } = this.index.test(price, allowed);
    for (const { conditionId } of met) this.waiting.delete(conditionId);
    const watermarks = [...this.waiting.values()].map((each) => [each.conditionId, this.index.watermark(each)]);
    return { activated: idsOf(activated), met: met.map((each) => [each.conditionId, each.watermark]), watermarks };
  }
}

describe('fast and naive trigger index', () => {
  it.each([1, 2, 3, 4, 5, 6])('CND-1, CND-2, CND-3, CND-6: do the same over random prices, seed %i', (seed) => {
    const random = new SeededRandom(seed);
    const both = [new Driven(new FastTriggers()), new Driven(new NaiveTriggers())] as const;
    let price = 10_000;
    let nextId = 1;
    let fired = 0;
    let activations = 0;
    for (let round = 0; round < 3_000; round++) {
      for (let n = random.integer(0, 3); n > 0; n--) {
        const type = random.pick(TYPES);
        const side = random.pick<Side>(['BUY', 'SELL']);
        const near = (): PriceTicks => (price + random.integer(-300, 300)) as PriceTicks;
        const trailing = type === 'TRAILING_STOP';
        const active = trailing && random.chance(1, 2);
        const condition = conditionWith(nextId++, {
          type,
          side,
          priceProtect: random.chance(1, 3),
          stopPrice: trailing ? (0 as PriceTicks) : near(),
          activatePrice: trailing && !active && random.chance(3, 4) ? near() : (0 as PriceTicks),
          callbackRate: trailing ? random.integer(1, 30) : 0,
        });
        for (const each of both) each.add(condition, active ? (price as PriceTicks) : undefined);
      }
      const ids = [...both[0].waiting.keys()];
      if (ids.length > 0 && random.chance(1, 3)) {
        const gone = random.pick(ids);
        for (const each of both) each.remove(gone);
      }
      price = Math.max(5_000, price + random.integer(-60, 60));
      const allowed = { fires: random.chance(19, 20), heldBack: random.chance(1, 4) };
      const [fast, naive] = both.map((each) => each.test(price as PriceTicks, allowed));
      expect(fast, `round ${round} at ${price}`).toEqual(naive);
      expect(both[0].index.size).toBe(both[1].index.size);
      fired += fast?.met.length ?? 0;
      activations += fast?.activated.length ?? 0;
    }
    expect(fired).toBeGreaterThan(1_000);
    expect(activations).toBeGreaterThan(100);
  });
});
