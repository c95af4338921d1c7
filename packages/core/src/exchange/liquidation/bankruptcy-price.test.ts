import { type PriceTicks, parseSignedDecimal, type QuantitySteps } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../testing/index.ts';
import { bankruptcyPrice } from './bankruptcy-price.ts';

/** Tick 0.1, step 0.001: one tick times one step is 0.0001 USDT. */
const UNIT = 10_000n;

const price = (mark: number, quantity: number, balance: string, unit = UNIT): number =>
  bankruptcyPrice({
    mark: mark as PriceTicks,
    quantity: quantity as QuantitySteps,
    balance: parseSignedDecimal(balance) as bigint,
    unit,
  });

describe('bankruptcy price (LIQ-6)', () => {
  it.each([
    ['isolated long 1 @ 60,000 10x', 600_000, 1_000, '6000', 540_000],
    ['isolated short 1 @ 60,000 10x', 600_000, -1_000, '6000', 660_000],
    ['isolated long 0.8 @ 60,000 100x (V19)', 600_000, 800, '480', 594_000],
    ['cross long 0.5 at 58,000 with 150 (V28)', 580_000, 500, '150', 577_000],
    ['cross short 5 ETH at 3,100 with 150 (V28)', 31_000, -5_000, '150', 31_300],
    ["V20's position, up to the tick (V28)", 520_000, 3, '1.71385715', 514_288],
    ['a negative balance: the other side of the mark (V28)', 580_000, 500, '-150', 583_000],
    ['at least one tick', 10, 1_000, '6000', 1],
  ])('%s', (_name, mark, quantity, balance, expected) => expect(price(mark, quantity, balance)).toBe(expected));

  it('leaves at least nothing after all is closed there, and less than a tick of it (P3)', () => {
    const random = new SeededRandom(11);
    for (let round = 0; round < 2_000; round++) {
      const mark = random.integer(1_000, 1_000_000);
      const quantity = random.integer(1, 50_000) * (random.chance(1, 2) ? 1 : -1);
      const size = BigInt(Math.abs(quantity)) * UNIT;
      const balance = BigInt(random.integer(0, Number((BigInt(mark) * size) / 2n)));
      const at = bankruptcyPrice({
        mark: mark as PriceTicks,
        quantity: quantity as QuantitySteps,
        balance,
        unit: UNIT,
      });
      const left = balance + BigInt(at - mark) * BigInt(quantity) * UNIT;
      expect(left >= 0n && left < size).toBe(true);
    }
  });
});
