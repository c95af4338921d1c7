import { operations } from '@openvenue/contract';
import { answer } from '../../failure.ts';
import { publicEndpoint } from '../../http/endpoint.ts';
import { fundingTermsView } from '../../mapping/funding.ts';
import { readSymbols } from '../known-symbol.ts';

export const getFundingTerms = publicEndpoint(operations.getFundingTerms, (venue, { query }) => {
  const known = readSymbols(venue, query.symbol);
  return known.ok ? answer({ list: known.symbols.map(fundingTermsView) }) : known;
});
