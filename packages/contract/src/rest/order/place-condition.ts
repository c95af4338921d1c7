import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { PlaceConditionBody } from './condition-body.ts';
import { CONDITION_ERRORS } from './condition-errors.ts';
import { ConditionReply } from './condition-reply.ts';
import { closePositionProblem } from './rules.ts';

/** Places a condition order: an order that waits for a price. Repeating the call with the same clientOrderId is harmless (3015). */
export const placeCondition = defineRoute({
  method: 'POST',
  path: '/v1/private/order/place-condition',
  auth: 'T',
  rateLimit: 'order',
  summary: 'Place a condition order',
  query: NO_FIELDS,
  body: PlaceConditionBody,
  bodyRule: closePositionProblem,
  data: ConditionReply,
  errors: CONDITION_ERRORS,
});
