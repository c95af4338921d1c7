import { Type } from 'typebox';
import { clientOrderId, id64, symbolName } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { ConditionReply } from './condition-reply.ts';
import { conditionReferenceProblem } from './rules.ts';

/** Cancels a condition order that has not become an order. */
export const cancelCondition = defineRoute({
  method: 'POST',
  path: '/v1/private/order/cancel-condition',
  auth: 'T',
  rateLimit: 'cancel',
  summary: 'Cancel a condition order',
  query: NO_FIELDS,
  body: Type.Object(
    {
      symbol: symbolName(),
      conditionId: Type.Optional(id64('Id of the condition order; this or clientOrderId')),
      clientOrderId: Type.Optional(clientOrderId('Id chosen by the client; this or conditionId')),
    },
    { additionalProperties: false },
  ),
  bodyRule: conditionReferenceProblem,
  data: ConditionReply,
  errors: ['ORDER_NOT_FOUND', 'ORDER_NOT_CANCELABLE', 'SYMBOL_NOT_TRADING'],
});
