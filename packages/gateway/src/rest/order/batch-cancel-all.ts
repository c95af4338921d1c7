import { CANCEL_TYPE, operations } from '@openvenue/contract';
import type { Command } from '@openvenue/core';
import { defined } from '../../defined.ts';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { execute } from '../command.ts';
import { refuseUnknownSymbol } from '../known-symbol.ts';

export const batchCancelAllOrders = privateEndpoint(operations.batchCancelAllOrders, async (venue, { body, actor }) => {
  const { symbol } = body;
  const refused = refuseUnknownSymbol(venue, symbol);
  if (refused !== undefined) return refused;
  const cancelType = Object.values(CANCEL_TYPE).find((each) => each === body.cancelType);
  const command: Command = { type: 'cancel-all-orders', actor, ...defined({ symbol, cancelType }) };
  const canceled = await execute(venue, command, { kind: 'canceled-all', userId: actor.userId });
  return canceled.ok ? answer({}) : canceled;
});
