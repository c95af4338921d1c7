import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MINUTE_MS } from '../kline/interval.ts';
import { type DayFigures, DayWindow, WINDOW_MINUTES, type WindowTrade } from './day-window.ts';

const trade = (price: number, quantity: number, atMs: number): WindowTrade => ({
  price: price as PriceTicks,
  quantity: quantity as QuantitySteps,
  atMs,
});

/** All figures anew from all trades there ever were. */
function recompute(trades: readonly WindowTrade[], nowMs: number): DayFigures {
  const beginMs = (Math.floor(nowMs / MINUTE_MS) - WINDOW_MINUTES + 1) * MINUTE_MS;
  const inside = trades.filter((each) => each.atMs >= beginMs);
  const open = trades.findLast((each) => each.atMs < beginMs)?.price ?? inside[0]?.price ?? (0 as PriceTicks);
  const prices = [open, ...inside.map((each) => each.price)];
  return {
    open,
    high: Math.max(...prices) as PriceTicks,
    low: Math.min(...prices) as PriceTicks,
    volume: inside.reduce((sum, each) => sum + BigInt(each.quantity), 0n),
    turnover: inside.reduce((sum, each) => sum + BigInt(each.price) * BigInt(each.quantity), 0n),
  };
}

it('equals the figures recomputed from every trade, at every time', () => {
  const pause = fc.oneof(fc.nat(90_000), fc.nat(6 * 3_600_000), fc.constant(86_400_000));
  const event = fc.record({
    pause,
    price: fc.integer({ min: 1, max: 2 ** 31 }),
    quantity: fc.nat({ max: 2 ** 20 }),
    trades: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.nat(2_000_000_000), fc.array(event, { maxLength: 80 }), (startMs, events) => {
      const window = new DayWindow();
      const trades: WindowTrade[] = [];
      let nowMs = startMs;
      for (const each of events) {
        nowMs += each.pause;
        if (each.trades) {
          const next = trade(each.price, each.quantity + 1, nowMs);
          trades.push(next);
          window.add(next);
        } else window.advance(nowMs);
        expect(window.figures()).toEqual(recompute(trades, nowMs));
      }
    }),
  );
});

it('sums are exact beyond 2^53', () => {
  const window = new DayWindow();
  window.add(trade(2 ** 27 - 1, 2 ** 40 + 1, 0));
  window.add(trade(2 ** 27 - 1, 2 ** 40 + 1, 1));
  expect(window.figures().turnover).toBe(2n * (2n ** 27n - 1n) * (2n ** 40n + 1n));
});

it('a trade counts for 1,440 whole minutes, then its price is the open', () => {
  const window = new DayWindow();
  window.add(trade(100, 5, 59_999));
  expect(window.advance((WINDOW_MINUTES - 1) * MINUTE_MS + 59_999)).toBe(false);
  expect(window.figures().volume).toBe(5n);
  expect(window.advance(WINDOW_MINUTES * MINUTE_MS)).toBe(true);
  expect(window.figures()).toEqual({ open: 100, high: 100, low: 100, volume: 0n, turnover: 0n });
});

it('a trade out of time order is refused', () => {
  const window = new DayWindow();
  window.add(trade(100, 5, 120_000));
  expect(() => window.add(trade(100, 5, 0))).toThrow('order');
});
