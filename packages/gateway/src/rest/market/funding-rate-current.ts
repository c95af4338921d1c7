import { operations, pageOf } from '@openvenue/contract';
import { answer } from '../../failure.ts';
import { publicEndpoint } from '../../http/endpoint.ts';
import { currentFundingView } from '../../mapping/funding.ts';
import { readSymbols } from '../known-symbol.ts';

export const getCurrentFundingRates = publicEndpoint(operations.getCurrentFundingRates, (venue, { query }) => {
  const known = readSymbols(venue, query.symbol);
  if (!known.ok) return known;
  const { offset, pageSize } = pageOf(query);
  const list = known.symbols.slice(offset, offset + pageSize).map(currentFundingView);
  return answer({ list, total: known.symbols.length });
});
