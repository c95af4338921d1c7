import { describe, expect, it } from 'vitest';
import { closingPnl, positionAfter } from './position-after.ts';
import { FLAT } from './stance.ts';
import { text, units } from './testing/units.ts';

const fill = (side: 'BUY' | 'SELL', quantity: string, value: string, feeRate = '0') => ({
  side,
  quantity: units(quantity),
  value: units(value),
  feeRate: units(feeRate),
});

describe('positionAfter (POS-5, POS-6)', () => {
  it('releases the share of the cost that closes, of a long up and of a short down', () => {
    const long = { quantity: units('0.003'), cost: units('180.0005') };
    const closedLong = positionAfter(long, fill('SELL', '0.001', '60.01'));
    expect(text(closedLong.realizedPnl)).toBe('0.00983333');
    expect(text(closedLong.position.cost)).toBe('120.00033333');
    const short = { quantity: units('-0.003'), cost: units('180.0005') };
    const closedShort = positionAfter(short, fill('BUY', '0.001', '60.01'));
    expect(text(closedShort.realizedPnl)).toBe('-0.00983334');
    expect(text(closedShort.position.cost)).toBe('120.00033334');
  });

  it('turns a position with one fee', () => {
    const long = { quantity: units('0.002'), cost: units('120.0002') };
    const turned = positionAfter(long, fill('SELL', '0.005', '300.0505', '0.000333'));
    expect(text(turned.fee)).toBe('0.09991682');
    expect(text(turned.realizedPnl)).toBe('0.02');
    expect(text(turned.position.quantity)).toBe('-0.003');
    expect(text(turned.position.cost)).toBe('180.0303');
  });

  it('opens from nothing and does nothing with nothing', () => {
    expect(positionAfter(FLAT, fill('SELL', '1', '60000')).position).toEqual({
      quantity: units('-1'),
      cost: units('60000'),
    });
    expect(positionAfter(FLAT, fill('BUY', '0', '0')).position).toEqual(FLAT);
  });
});

describe('closingPnl', () => {
  it('is that of the part that is there to close', () => {
    const long = { quantity: units('1'), cost: units('60000') };
    const short = { quantity: units('-1'), cost: units('60000') };
    expect(text(closingPnl(long, units('0.5'), units('61000')))).toBe('500');
    expect(text(closingPnl(short, units('2'), units('61000')))).toBe('-1000');
  });
});
