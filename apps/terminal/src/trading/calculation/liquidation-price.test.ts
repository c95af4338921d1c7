import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { liquidationPrice, unrealizedPnlAt } from './liquidation-price.ts';
import { absolute, valueAt } from './stance.ts';
import { EXAMPLE_INSTRUMENT } from './testing/example-instrument.ts';
import { text, units } from './testing/units.ts';

const mark = units('60000');
const instrument = EXAMPLE_INSTRUMENT;

function at60000(quantity: string, wallet: string) {
  const size = units(quantity);
  const position = { quantity: size, cost: valueAt(mark, absolute(size)) };
  const account = { wallet: units(wallet), otherUnrealizedPnl: 0n, otherMaintenanceMargin: 0n };
  return liquidationPrice(account, position, { instrument, mark });
}

describe('liquidationPrice (MRG-9)', () => {
  it.each([
    ['long 1 at 10x', '1', '6000', '54221.1'],
    ['short 1 at 10x', '-1', '6000', '65721.4'],
    ['long 10 at 20x', '10', '30000', '57444.4'],
    ['short 10 at 20x', '-10', '30000', '62505'],
  ])('is the first tick that liquidates a %s', (_name, quantity, wallet, expected) => {
    expect(text(at60000(quantity, wallet))).toBe(expected);
  });

  it('is none for a long that its wallet pays for, and none without a position', () => {
    expect(at60000('1', '60000')).toBeUndefined();
    expect(at60000('0', '60000')).toBeUndefined();
  });

  it('is the mark when the account is below maintenance already', () => {
    expect(text(at60000('1', '100'))).toBe('60000');
  });

  it('counts what the other positions gain, lose and need', () => {
    const position = { quantity: units('1'), cost: mark };
    const plain = { wallet: units('6000'), otherUnrealizedPnl: 0n, otherMaintenanceMargin: 0n };
    const moved = { wallet: units('7000'), otherUnrealizedPnl: units('-600'), otherMaintenanceMargin: units('400') };
    const context = { instrument, mark };
    expect(liquidationPrice(moved, position, context)).toBe(liquidationPrice(plain, position, context));
  });

  it('has a safe neighbour on the side of the mark, whatever the position', () => {
    const step = fc.integer({ min: 1, max: 100_000 });
    fc.assert(
      fc.property(step, fc.boolean(), fc.integer({ min: 400, max: 500_000 }), (steps, isLong, wallet) => {
        const size = BigInt(steps) * instrument.stepSize;
        const position = { quantity: isLong ? size : -size, cost: valueAt(mark, size) };
        const account = { wallet: units(`${wallet}`), otherUnrealizedPnl: 0n, otherMaintenanceMargin: 0n };
        const acts = (price: bigint) =>
          account.wallet + unrealizedPnlAt(position, price) < instrument.tiers.maintenanceMargin(valueAt(price, size));
        const found = liquidationPrice(account, position, { instrument, mark });
        const farthest = isLong ? instrument.tickSize : mark * 10n;
        expect(acts(found ?? farthest)).toBe(found !== undefined);
        if (found === undefined || found === mark) return;
        expect(acts(isLong ? found + instrument.tickSize : found - instrument.tickSize)).toBe(false);
      }),
    );
  });
});
