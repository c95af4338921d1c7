import { describe, expect, it } from 'vitest';
import { previewOrder } from './preview.ts';
import { FLAT, type Stance } from './stance.ts';
import { EXAMPLE_INSTRUMENT } from './testing/example-instrument.ts';
import { text, units } from './testing/units.ts';

const free = { ...EXAMPLE_INSTRUMENT, takerFeeRate: 0n, makerFeeRate: 0n };
const flat: Stance = { instrument: free, leverage: 10, mark: units('60000'), position: FLAT, orders: [] };
const account = { wallet: units('6000'), otherUnrealizedPnl: 0n, otherMaintenanceMargin: 0n };
const buyOne = {
  side: 'BUY',
  quantity: units('1'),
  price: units('60000'),
  makerOnly: false,
  reduceOnly: false,
  opposite: [],
} as const;

describe('previewOrder', () => {
  it('shows the position that the order makes', () => {
    const buy = previewOrder(flat, account, buyOne);
    expect([text(buy.cost), text(buy.fee), text(buy.liquidationPrice)]).toEqual(['6000', '0', '54221.1']);
    expect(text(previewOrder(flat, account, { ...buyOne, side: 'SELL' }).liquidationPrice)).toBe('65721.4');
  });

  it('takes the fee from the wallet that stands behind the position', () => {
    const buy = previewOrder(
      { ...flat, instrument: EXAMPLE_INSTRUMENT },
      { ...account, wallet: units('6030') },
      buyOne,
    );
    expect([text(buy.cost), text(buy.fee), text(buy.liquidationPrice)]).toEqual(['6030', '30', '54221.1']);
  });

  it('cuts an order that only reduces to the position', () => {
    const long = { ...flat, position: { quantity: units('0.4'), cost: units('24000') } };
    const sell = previewOrder(long, account, { ...buyOne, side: 'SELL', reduceOnly: true });
    expect([text(sell.value), text(sell.cost), sell.liquidationPrice]).toEqual(['24000', '0', undefined]);
  });
});
