import { operations } from '@openvenue/contract';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { refuseUnknownSymbol } from '../known-symbol.ts';
import { showCondition } from './views.ts';

/** All of them: the engine bounds how many a user has in a symbol (3110). */
export const getCurrentConditions = privateEndpoint(operations.getCurrentConditions, (venue, { query, principal }) => {
  const refused = refuseUnknownSymbol(venue, query.symbol);
  if (refused !== undefined) return refused;
  const open = venue.node.core.exchange.openConditions(principal.userId, query.symbol);
  return answer({ list: open.map((condition) => showCondition(venue, condition)), total: open.length });
});
