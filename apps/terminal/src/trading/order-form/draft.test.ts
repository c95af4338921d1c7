import { describe, expect, it } from 'vitest';
import { order } from '../account/testing/examples.ts';
import { EXAMPLE_INSTRUMENT } from '../calculation/testing/example-instrument.ts';
import { text, units } from '../calculation/testing/units.ts';
import { type Draft, type DraftContext, draftFaults, orderOf, sideFigures, sliderMax } from './draft.ts';

const draft = (changes: Partial<Draft> = {}): Draft => ({
  type: 'LIMIT',
  price: '60000',
  quantity: '0.1',
  reduceOnly: false,
  makerOnly: false,
  timeInForce: 'GTC',
  ...changes,
});
const context = (changes: Partial<DraftContext> = {}): DraftContext => ({
  instrument: EXAMPLE_INSTRUMENT,
  leverage: 10,
  mark: units('60000'),
  account: {
    wallet: units('10000'),
    frozen: 0n,
    used: 0n,
    positions: [],
    atMarks: {
      equity: units('10000'),
      available: units('10000'),
      unrealizedPnl: 0n,
      maintenanceMargin: 0n,
      marginRatio: 0n,
    },
  },
  orders: [],
  levels: {
    bids: [{ price: units('59999'), quantity: units('10') }],
    asks: [{ price: units('60001'), quantity: units('10') }],
    isLive: true,
  },
  ...changes,
});

describe('sideFigures', () => {
  it('shows cost, largest quantity and whether it can be paid', () => {
    const buy = sideFigures(draft(), 'BUY', context());
    expect([text(buy.max), text(buy.preview?.cost), buy.isUnaffordable]).toEqual(['1.658', '603', false]);
    expect(sideFigures(draft({ quantity: '1.7' }), 'BUY', context()).isUnaffordable).toBe(true);
  });

  it('counts the open orders of the same market alone', () => {
    const full = order({ price: '60000', quantity: '1.658', remainingQuantity: '1.658' });
    const after = { orders: [full, order({ ...full, symbol: 'ETHUSDT' })] };
    const account = context().account;
    const left = { ...account, atMarks: { ...account.atMarks, available: units('2.26') } };
    expect(text(sideFigures(draft(), 'BUY', context({ ...after, account: left })).max)).toBe('0');
    expect(text(sideFigures(draft(), 'SELL', context({ ...after, account: left })).max)).toBe('1.658');
  });

  it('has no figures without a price', () => {
    const empty = context({ levels: { bids: [], asks: [], isLive: false } });
    expect(sideFigures(draft({ type: 'MARKET' }), 'BUY', empty)).toMatchObject({ max: 0n, preview: undefined });
    expect(sideFigures(draft({ price: '' }), 'BUY', context())).toMatchObject({ max: 0n, preview: undefined });
  });

  it('gives the slider the smaller side, or the one that can', () => {
    const figures = (max: bigint) => ({ max, preview: undefined, isUnaffordable: false, canReduce: false });
    expect(sliderMax(figures(3n), figures(2n))).toBe(2n);
    expect(sliderMax(figures(0n), figures(2n))).toBe(2n);
    expect(sliderMax(figures(3n), figures(0n))).toBe(3n);
  });
});

describe('orderOf', () => {
  it('sends what was typed as the wire writes it, and no price of a market order', () => {
    expect(orderOf(draft({ price: '060000.50', quantity: '.5', makerOnly: true }), 'SELL', 'BTCUSDT')).toEqual({
      symbol: 'BTCUSDT',
      type: 'LIMIT',
      side: 'SELL',
      price: '60000.50',
      quantity: '0.5',
      timeInForce: 'GTC',
      makerOnly: true,
    });
    expect(orderOf(draft({ type: 'MARKET', makerOnly: true, reduceOnly: true }), 'BUY', 'BTCUSDT')).toEqual({
      symbol: 'BTCUSDT',
      type: 'MARKET',
      side: 'BUY',
      quantity: '0.1',
      reduceOnly: true,
    });
  });

  it('does not ask for post-only where the venue refuses it', () => {
    expect(orderOf(draft({ makerOnly: true, timeInForce: 'IOC' }), 'BUY', 'BTCUSDT')).not.toHaveProperty('makerOnly');
  });
});

describe('draftFaults', () => {
  it('lets an order that only reduces be smaller than the smallest', () => {
    const tiny = draft({ price: '100', quantity: '0.001' });
    expect(draftFaults(tiny, context()).quantity?.fault).toBe('below-notional');
    expect(draftFaults({ ...tiny, reduceOnly: true }, context())).toEqual({});
  });
});
