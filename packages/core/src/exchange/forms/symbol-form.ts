import { ONE } from '@openvenue/money';
import { type Form, field, list, maybe, oneOf, record, text, whole } from './form.ts';

/** Tiers and fee levels of one symbol. */
const MAX_STEPS = 100;
/** No amount of a configuration is larger. */
const MAX_UNITS = 10n ** 30n;

const units: Form = (value) =>
  typeof value === 'bigint' && value >= 0n && value <= MAX_UNITS
    ? undefined
    : 'must be an amount of 1e-8, not negative';

/** A rate in 1e-8, below 1. */
export const rate: Form = (value) =>
  Number.isSafeInteger(value) && (value as number) > -Number(ONE) && (value as number) < Number(ONE)
    ? undefined
    : 'must be a rate between -1 and 1 in whole 1e-8';

export const feeLevels: Form = list(
  MAX_STEPS,
  record(field('minVolume30d', units), field('maker', rate), field('taker', rate)),
);

/** Types and ranges of a symbol's configuration; the rules between its fields come after. */
export const symbolForm: Form = record(
  field('symbol', text(20)),
  field('baseAsset', text(20)),
  field('quoteAsset', oneOf('USDT')),
  field('tickSize', units),
  field('stepSize', units),
  field('minQuantity', whole(1)),
  field('minNotional', units),
  field('maxLimitOrderQuantity', whole(1)),
  field('maxMarketOrderQuantity', whole(1)),
  field('maxOpenOrders', whole(1)),
  field('maxPrice', whole(1)),
  field('defaultLeverage', whole(1)),
  field('status', oneOf('TRADING', 'REDUCE_ONLY', 'CANCEL_ONLY', 'HALTED')),
  field(
    'tiers',
    list(
      MAX_STEPS,
      record(
        field('floor', units),
        field('cap', units),
        field('maxLeverage', whole(1)),
        field('maintenanceMarginRate', rate),
      ),
    ),
  ),
  field('feeLevels', feeLevels),
  field('liquidationFeeRate', rate),
  field('fundingIntervalHours', oneOf(1, 2, 4, 8)),
  field('bandInner', rate),
  field('bandOuter', rate),
  field('markClamp', rate),
  field('maxOpenConditions', whole(1)),
  field('priceProtectLimit', rate),
  field('fundCap', maybe(units)),
  field('fundOfferDistance', maybe(rate)),
);
