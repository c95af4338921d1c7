import { instrumentOf } from '../instrument.ts';

/** The contract of the rule book's vectors: tick 0.1, step 0.001, taker 0.05 %, maker 0.02 %, tiers 0.4 / 0.5 / 1 / 2.5 %. */
export const EXAMPLE_INSTRUMENT = instrumentOf(
  {
    symbol: 'BTCUSDT',
    baseAsset: 'BTC',
    quoteAsset: 'USDT',
    minQuantity: '0.001',
    minNotional: '5',
    tickSize: '0.1',
    stepSize: '0.001',
    pricePrecision: 1,
    quantityPrecision: 3,
    maxLimitOrderQty: '1000',
    maxMarketOrderQty: '120',
    maxOpenOrders: 200,
    defaultLeverage: 10,
    defaultMarginMode: 1,
    status: 'TRADING',
    leverageTiers: [
      tier(1, ['0', '50000'], 100, '0.004'),
      tier(2, ['50000', '250000'], 50, '0.005'),
      tier(3, ['250000', '1000000'], 20, '0.01'),
      tier(4, ['1000000', '10000000'], 10, '0.025'),
    ],
  },
  { level: 0, minVolume30d: '0', makerFeeRate: '0.0002', takerFeeRate: '0.0005' },
);

function tier(number: number, [minNotional, maxNotional]: [string, string], maxLeverage: number, rate: string) {
  return { tier: number, minNotional, maxNotional, maxLeverage, maintenanceMarginRate: rate, maintenanceAmount: '0' };
}
