import { type Money, parseDecimal, type Rate } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import { BTC, ETH, TestVenue } from '../../testing/index.ts';
import type { SymbolParameters } from '../symbols/symbol-parameters.ts';

const rate = (text: string): Rate =>
  Number(text.startsWith('-') ? -parseDecimal(text.slice(1))! : parseDecimal(text)) as Rate;
const levels = (maker: string, taker: string) => [
  { minVolume30d: 0n as Money, maker: rate(maker), taker: rate(taker) },
];
const priced = (symbol: SymbolParameters, maker: string, taker: string): SymbolParameters => ({
  ...symbol,
  feeLevels: levels(maker, taker),
});

describe('lowest maker plus lowest taker rate, over all schedules (SYM-1)', () => {
  const DAY_MS = 86_400_000;

  it('counts the rates that still hold while others wait for their time', () => {
    const venue = new TestVenue([BTC]);
    const later = { effectiveAtMs: venue.timeMs + DAY_MS };
    venue.ok({ type: 'configure-symbol', parameters: priced(BTC, '0.0002', '0.0009'), ...later });
    const schedule = (maker: string) =>
      venue.run({
        type: 'set-fee-schedule',
        schedule: { agentId: 1, levels: levels(maker, '0.001'), markup: { maker: rate('0'), taker: rate('0') } },
      }).reply.ok;
    // The taker rate is 0.05 % until tomorrow.
    expect([schedule('-0.0008'), schedule('-0.0005')]).toEqual([false, true]);
  });

  it('counts the rates that wait as well, and not those of the symbol that are replaced', () => {
    const venue = new TestVenue([BTC, ETH]);
    const later = { effectiveAtMs: venue.timeMs + DAY_MS };
    const configure = (parameters: SymbolParameters) =>
      venue.run({ type: 'configure-symbol', parameters, ...later }).reply.ok;
    expect(configure(priced(BTC, '0.0002', '0.0003'))).toBe(true);
    expect(configure(priced(ETH, '-0.0004', '0.0005'))).toBe(false);
    expect(configure(priced(ETH, '-0.0003', '0.0005'))).toBe(true);
    expect(configure(priced(BTC, '0.0002', '0.0002'))).toBe(false);
  });
});
