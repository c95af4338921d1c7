import { parseDecimal, parseSignedDecimal } from '@openvenue/money';
import type { FeeLevel, SymbolView } from '../venue-types.ts';
import { TierTable } from './tier-table.ts';

/** A contract with its limits as exact numbers: prices, quantities, values and rates are all counts of 1e-8. */
export interface Instrument {
  readonly symbol: string;
  readonly baseAsset: string;
  readonly quoteAsset: string;
  readonly tickSize: bigint;
  readonly stepSize: bigint;
  readonly pricePrecision: number;
  readonly quantityPrecision: number;
  readonly minQuantity: bigint;
  readonly minNotional: bigint;
  readonly maxLimitQuantity: bigint;
  readonly maxMarketQuantity: bigint;
  readonly defaultLeverage: number;
  readonly maxLeverage: number;
  readonly takerFeeRate: bigint;
  readonly makerFeeRate: bigint;
  readonly tiers: TierTable;
  readonly isTrading: boolean;
}

/** Reads a contract as the venue lists it. `fees` is the user's level of the schedule. */
export function instrumentOf(view: SymbolView, fees: FeeLevel | undefined): Instrument {
  return {
    symbol: view.symbol,
    baseAsset: view.baseAsset,
    quoteAsset: view.quoteAsset,
    tickSize: unitsOf(view.tickSize),
    stepSize: unitsOf(view.stepSize),
    pricePrecision: view.pricePrecision,
    quantityPrecision: view.quantityPrecision,
    minQuantity: unitsOf(view.minQuantity),
    minNotional: unitsOf(view.minNotional),
    maxLimitQuantity: unitsOf(view.maxLimitOrderQty),
    maxMarketQuantity: unitsOf(view.maxMarketOrderQty),
    defaultLeverage: view.defaultLeverage,
    maxLeverage: Math.max(1, ...view.leverageTiers.map((tier) => tier.maxLeverage)),
    takerFeeRate: unitsOf(fees?.takerFeeRate ?? '0'),
    makerFeeRate: unitsOf(fees?.makerFeeRate ?? '0'),
    tiers: new TierTable(
      view.leverageTiers.map((tier) => ({
        floor: unitsOf(tier.minNotional),
        cap: unitsOf(tier.maxNotional),
        maxLeverage: tier.maxLeverage,
        rate: unitsOf(tier.maintenanceMarginRate),
      })),
    ),
    isTrading: view.status === 'TRADING',
  };
}

/** A decimal of the venue's own replies in 1e-8. @throws RangeError for a text that the contract does not allow */
export function unitsOf(text: string): bigint {
  const units = parseSignedDecimal(text) ?? (text === '-0' ? 0n : undefined);
  if (units === undefined) throw new RangeError(`not a decimal of the contract: ${text}`);
  return units;
}

/** A decimal that a person is typing; undefined while it is none. Unlike the wire, `.5`, `5.` and `05` are understood. */
export function typedUnits(text: string): bigint | undefined {
  const trimmed = text.trim();
  if (!/^(\d+\.?\d*|\.\d+)$/.test(trimmed)) return undefined;
  return parseDecimal(wireDecimal(trimmed));
}

/** What was typed, 0 while it is no number. */
export const typedOrZero = (text: string): bigint => typedUnits(text) ?? 0n;

/** What was typed as the wire writes it. */
export function wireDecimal(typed: string): string {
  const [whole = '', fraction = ''] = typed.trim().split('.');
  const digits = whole.replace(/^0+(?=\d)/, '') || '0';
  return fraction === '' ? digits : `${digits}.${fraction}`;
}
