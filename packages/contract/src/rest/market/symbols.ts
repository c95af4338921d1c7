import { Type } from 'typebox';
import { SYMBOL_STATUSES } from '../../enums.ts';
import { amount, count, oneOf, price, quantity, ratio, replyText, signedRatio, symbolName } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';

/** Step of the leverage schedule: positions above `minNotional` up to and including `maxNotional`. */
export const LeverageTier = Type.Object({
  tier: count('Number of the tier', 1),
  minNotional: amount('Notional above which the tier begins'),
  maxNotional: amount('Largest notional of the tier'),
  maxLeverage: count('Largest leverage in the tier', 1),
  maintenanceMarginRate: ratio('Maintenance margin by notional'),
  maintenanceAmount: amount('Taken off, so that the maintenance margin has no steps'),
});

/** A contract and its limits. */
export const SymbolView = Type.Object({
  symbol: symbolName(),
  baseAsset: replyText('Asset that is traded', 'BTC'),
  quoteAsset: replyText('Asset of price and margin', 'USDT'),
  minQuantity: quantity('Smallest quantity of an order that opens'),
  minNotional: amount('Smallest value of an order that opens'),
  tickSize: price('Step of prices'),
  stepSize: quantity('Step of quantities'),
  pricePrecision: count('Decimals of prices'),
  quantityPrecision: count('Decimals of quantities'),
  maxLimitOrderQty: quantity('Largest quantity of a LIMIT order'),
  maxMarketOrderQty: quantity('Largest quantity of a MARKET order'),
  maxOpenOrders: count('Open orders a user may have'),
  defaultLeverage: count('Leverage of a user who has set none', 1),
  defaultMarginMode: count('Margin mode of a user who has set none: 1 cross, 2 isolated', 1, 2),
  status: oneOf(SYMBOL_STATUSES, 'State of trading'),
  leverageTiers: Type.Array(LeverageTier, { description: 'Tiers, by rising notional' }),
});

/** Fee schedule by volume. */
export const FeeLevel = Type.Object({
  level: count('Number of the level'),
  minVolume30d: amount('Volume of the last 30 days from which the level holds'),
  makerFeeRate: signedRatio('Fee of the maker by value; negative: a rebate'),
  takerFeeRate: signedRatio('Fee of the taker by value'),
});

/** The contracts of the venue. */
export const getSymbols = defineRoute({
  method: 'GET',
  path: '/v1/public/market/symbols',
  auth: '-',
  rateLimit: 'public',
  summary: 'Contracts with their limits and leverage tiers, and the fee schedule',
  query: NO_FIELDS,
  body: NO_FIELDS,
  data: Type.Object({
    list: Type.Array(SymbolView, { description: 'Contracts' }),
    handlingFeeLevelConfig: Type.Array(FeeLevel, { description: 'Fee levels, by rising volume' }),
  }),
  errors: [],
});
