import { CANCEL_TYPE, operations } from '@openvenue/contract';
import type { Command } from '@openvenue/core';
import { defined } from '../../defined.ts';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { execute } from '../command.ts';
import { refuseUnknownSymbol } from '../known-symbol.ts';

export const batchCancelAllOrders = privateEndpoint(operations.batchCancelAllOrders, async (venue, { body, actor }) => {
  const { symbol, cancelType = CANCEL_TYPE.ALL_NORMAL } = body;
  const refused = refuseUnknownSymbol(venue, symbol);
  if (refused !== undefined) return refused;
  // Only limit orders rest, so the first two types are one; there are no condition orders to cancel.
  if (cancelType === CANCEL_TYPE.ALL_CONDITION) return answer({});
  const command: Command = { type: 'cancel-all-orders', actor, ...defined({ symbol }) };
  const canceled = await execute(venue, command, { kind: 'canceled-all', userId: actor.userId });
  return canceled.ok ? answer({}) : canceled;
});
