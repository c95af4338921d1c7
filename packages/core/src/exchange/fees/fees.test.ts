import { type Money, parseDecimal, type Rate } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import { feeOf } from '../positions/position.ts';
import { agentShare, feeLevelOf, feeRates } from './fee-level.ts';
import { TradedVolume, utcDay } from './traded-volume.ts';

const usdt = (text: string): Money => parseDecimal(text) as Money;
const LEVELS = [
  { minVolume30d: usdt('0'), maker: 20_000 as Rate, taker: 50_000 as Rate },
  { minVolume30d: usdt('1000000'), maker: 16_000 as Rate, taker: 40_000 as Rate },
];

describe('fee levels (FEE-2)', () => {
  it('S6: count the 30 UTC days before today, and neither today nor older days', () => {
    const volume = new TradedVolume();
    const today = utcDay(Date.UTC(2026, 0, 31));
    volume.add(today - 30, usdt('400000'));
    volume.add(today - 1, usdt('599999.9999'));
    volume.add(today, usdt('500000'));
    expect(volume.before(today)).toBe(usdt('999999.9999'));
    expect(feeLevelOf(LEVELS, volume.before(today))).toBe(0);
    expect(volume.before(today + 1)).toBe(usdt('1099999.9999'));
    expect(feeLevelOf(LEVELS, volume.before(today + 1))).toBe(1);
  });

  it('begin at exactly their volume', () => {
    expect(feeLevelOf(LEVELS, usdt('1000000'))).toBe(1);
    expect(feeLevelOf(LEVELS, usdt('1000000') - 1n)).toBe(0);
  });

  it('forget only what no later day looks at', () => {
    const volume = new TradedVolume();
    for (const day of [1, 2, 31, 32]) volume.add(day, 1n);
    volume.forgetBefore(32);
    expect(volume.before(32)).toBe(2n);
    volume.forgetBefore(100);
    expect(volume.isEmpty).toBe(true);
  });
});

describe('an agent’s markup (FEE-1)', () => {
  it('V05: the user pays once, rounded up; the agent’s share goes down, the venue has the rest', () => {
    const value = usdt('60.0001');
    const rates = feeRates(
      { minVolume30d: usdt('0'), maker: 0 as Rate, taker: 33_300 as Rate },
      { maker: 0 as Rate, taker: 10_000 as Rate },
    );
    const fee = feeOf(value, rates.taker);
    const share = agentShare(value, rates.markup.taker);
    expect([fee, share, fee - share]).toEqual([usdt('0.02598005'), usdt('0.00600001'), usdt('0.01998004')]);
  });
});
