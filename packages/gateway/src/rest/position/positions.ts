import { operations } from '@openvenue/contract';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { positionView } from '../../mapping/position.ts';
import { parametersOf, refuseUnknownSymbol } from '../known-symbol.ts';

export const getPositions = privateEndpoint(operations.getPositions, (venue, { query, principal }) => {
  const refused = refuseUnknownSymbol(venue, query.symbol);
  if (refused !== undefined) return refused;
  const { exchange } = venue.node.core;
  const { userId } = principal;
  const positions = exchange.positions(userId, query.symbol).map((position) => {
    const exits = exchange.exitPrices(userId, position.symbol, position.positionSide);
    return positionView(position, parametersOf(venue, position.symbol), exits);
  });
  return answer({ positions });
});
