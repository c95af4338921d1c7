import { MARGIN_MODE_BY_NUMBER, operations } from '@openvenue/contract';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { execute } from '../command.ts';

export const setMarginMode = privateEndpoint(operations.setMarginMode, async (venue, { body, actor }) => {
  const { symbol } = body;
  const marginMode = MARGIN_MODE_BY_NUMBER[body.marginMode === 1 ? 1 : 2];
  const command = { type: 'set-margin-mode', actor, symbol, marginMode } as const;
  const changed = await execute(venue, command, { kind: 'margin-mode', userId: actor.userId, symbol });
  return changed.ok ? answer({}) : changed;
});
