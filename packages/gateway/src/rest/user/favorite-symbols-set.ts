import { operations } from '@openvenue/contract';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { execute } from '../command.ts';
import { refuseUnknownSymbol } from '../known-symbol.ts';

export const setFavoriteSymbols = privateEndpoint(operations.setFavoriteSymbols, async (venue, { body, actor }) => {
  const { symbols } = body;
  for (const symbol of symbols) {
    const refused = refuseUnknownSymbol(venue, symbol);
    if (refused !== undefined) return refused;
  }
  const command = { type: 'set-favorite-symbols', actor, symbols } as const;
  const set = await execute(venue, command, { kind: 'done', userId: actor.userId });
  return set.ok ? answer({}) : set;
});
