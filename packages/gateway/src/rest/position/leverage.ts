import { operations } from '@openvenue/contract';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { execute } from '../command.ts';

export const setLeverage = privateEndpoint(operations.setLeverage, async (venue, { body, actor }) => {
  const { symbol, leverage } = body;
  const command = { type: 'set-leverage', actor, symbol, leverage } as const;
  const changed = await execute(venue, command, { kind: 'leverage', userId: actor.userId, symbol });
  if (!changed.ok) return changed;
  return answer({ symbol: changed.reply.symbol, leverage: changed.reply.leverage, timestamp: changed.timeMs });
});
