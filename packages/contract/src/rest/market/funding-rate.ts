import { Type } from 'typebox';
import { count, ratio, signedRatio, symbolName } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';

/** What the funding of a symbol is made of. */
export const FundingTermsView = Type.Object({
  symbol: symbolName(),
  intervalHours: count('Hours from one funding to the next', 1, 24),
  interestRate: ratio('Interest of 8 hours'),
  cap: ratio('Highest rate'),
  floor: signedRatio('Lowest rate'),
});

/** The terms of funding of one symbol or of all. */
export const getFundingTerms = defineRoute({
  method: 'GET',
  path: '/v1/public/market/funding-rate',
  auth: '-',
  rateLimit: 'public',
  summary: 'Interval, interest and bounds of the funding rate of a symbol, or of all',
  query: Type.Object({ symbol: Type.Optional(symbolName('Only this symbol')) }),
  body: NO_FIELDS,
  data: Type.Object({ list: Type.Array(FundingTermsView, { description: 'Terms of funding' }) }),
  errors: ['SYMBOL_NOT_TRADING'],
});
