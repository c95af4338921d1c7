import type { CurrentFundingView, FundingTermsView, SettledFundingView } from '@openvenue/contract';
import type { SymbolView } from '@openvenue/core';
import { formatDecimal, formatOnGrid } from '@openvenue/money';
import type { FundingSettlement } from '@openvenue/views';
import type { Grid } from './order.ts';

const rate = (units: number): string => formatDecimal(BigInt(units));

/** What the funding of a symbol is made of. */
export const fundingTermsView = ({ parameters, interestRate, fundingCap }: SymbolView): FundingTermsView => ({
  symbol: parameters.symbol,
  intervalHours: parameters.fundingIntervalHours,
  interestRate: rate(interestRate),
  cap: rate(fundingCap),
  floor: rate(-fundingCap),
});

/** The next funding of a symbol as it stands now. */
export const currentFundingView = (symbol: SymbolView): CurrentFundingView => ({
  symbol: symbol.parameters.symbol,
  fundingRate: rate(symbol.estimatedFundingRate),
  nextFundingTime: symbol.nextFundingAtMs,
  markPrice: formatOnGrid(symbol.mark, symbol.parameters.tickSize),
  indexPrice: formatOnGrid(symbol.index, symbol.parameters.tickSize),
});

/** A settled funding. */
export const settledFundingView = (
  settlement: FundingSettlement,
  { tickSize }: Pick<Grid, 'tickSize'>,
): SettledFundingView => ({
  symbol: settlement.symbol,
  fundingRate: rate(settlement.rate),
  fundingTime: settlement.atMs,
  markPrice: formatOnGrid(settlement.mark, tickSize),
});
