import {
  formatDecimal,
  type Money,
  type PriceTicks,
  parseDecimal,
  parseSignedDecimal,
  type QuantitySteps,
  type Rate,
} from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import type { Side } from '../enums.ts';
import { FLAT, feeOf, fillPosition, type Position } from './position.ts';

/** Tick 0.1, step 0.001: one tick times one step is 0.0001 USDT. */
const UNIT = 10_000n;
const rateOf = (text: string): Rate => Number(parseSignedDecimal(text)) as Rate;
const ticks = (price: string): PriceTicks => (Number(parseDecimal(price)) / 1e7) as PriceTicks;

function fill(before: Position, at: { side: Side; steps: number; price: string; rate?: string }) {
  return fillPosition(before, {
    side: at.side,
    price: ticks(at.price),
    quantity: at.steps as QuantitySteps,
    feeRate: rateOf(at.rate ?? '0'),
    unit: UNIT,
  });
}
const open = (side: Side): Position => {
  const first = fill(FLAT, { side, steps: 1, price: '60000.1' }).after;
  return fill(first, { side, steps: 2, price: '60000.2' }).after;
};

describe('positions', () => {
  it('POS-6: a long releases cost up, a short down (V01)', () => {
    const long = open('BUY');
    expect(formatDecimal(long.cost)).toBe('180.0005');
    const sold = fill(long, { side: 'SELL', steps: 1, price: '60010' });
    expect([sold.realizedPnl, sold.after.cost].map(formatDecimal)).toEqual(['0.00983333', '120.00033333']);
    const bought = fill(open('SELL'), { side: 'BUY', steps: 1, price: '60010' });
    expect([bought.realizedPnl, bought.after.cost].map(formatDecimal)).toEqual(['-0.00983334', '120.00033334']);
  });

  it('POS-6: closing in parts sums to the whole, exactly (V02)', () => {
    let position = open('BUY');
    const pnls: string[] = [];
    let sum = 0n;
    for (let i = 0; i < 3; i++) {
      const effect = fill(position, { side: 'SELL', steps: 1, price: '60010' });
      position = effect.after;
      sum += effect.realizedPnl;
      pnls.push(formatDecimal(effect.realizedPnl));
    }
    expect(pnls).toEqual(['0.00983333', '0.00983333', '0.00983334']);
    expect(formatDecimal(sum)).toBe('0.0295');
    expect(position).toEqual(FLAT);
  });

  it('POS-5: crossing zero closes first and opens the rest: one fee in two parts (V03)', () => {
    const long: Position = {
      quantity: 2 as QuantitySteps,
      cost: parseDecimal('120.0002') as Money,
      openFees: 0n as Money,
      margin: 0n as Money,
    };
    const effect = fill(long, { side: 'SELL', steps: 5, price: '60010.1', rate: '0.000333' });
    expect([effect.fee, effect.after.openFees, effect.realizedPnl, effect.after.cost].map(formatDecimal)).toEqual([
      '0.09991682',
      '0.05995009',
      '0.02',
      '180.0303',
    ]);
    expect(effect.after.quantity).toBe(-3);
    expect([effect.closingQuantity, effect.openingQuantity]).toEqual([2, 3]);
  });

  it('FEE-1, SYM-3: a fee is paid up, a rebate credited down (V05)', () => {
    const value = parseDecimal('60.0001') as bigint;
    expect(formatDecimal(feeOf(value, rateOf('0.000333')))).toBe('0.01998004');
    expect(formatDecimal(feeOf(value, rateOf('-0.0000333')))).toBe('-0.001998');
    expect(feeOf(value, rateOf('0'))).toBe(0n);
  });
});
