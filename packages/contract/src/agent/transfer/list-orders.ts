import { Type } from 'typebox';
import { type Problem, problemOf, withValue } from '../../problem.ts';
import { PAGE_MAX, PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, pageFields, total } from '../../rest/paging.ts';
import { count, oneOf } from '../../scalars.ts';
import { defineAgentCall } from '../define-agent-call.ts';
import { AGENT_ORDER_STATUSES, AGENT_ORDER_TYPES } from '../enums.ts';
import { environment, environmentEcho } from '../fields.ts';
import { ISO_TIME_RULE, isoTime, isoTimeToMs } from '../iso-time.ts';
import { orderViewFields } from './order-view.ts';

/** A row of the list. */
export const AgentOrderView = Type.Object(orderViewFields, { additionalProperties: false });

/** The transfer orders of the agent. */
export const listOrders = defineAgentCall({
  path: '/v1/agent/list-orders',
  auth: 'signed',
  kind: 'query',
  summary: 'Transfer orders, newest first',
  body: Type.Object({
    orderType: Type.Optional(oneOf(AGENT_ORDER_TYPES, 'Only this direction')),
    status: Type.Optional(oneOf(AGENT_ORDER_STATUSES, 'Only this status')),
    startTime: Type.Optional(isoTime('Only orders taken at this time or later')),
    endTime: Type.Optional(isoTime('Only orders taken before this time')),
    page: pageFields.page,
    pageSize: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: PAGE_SIZE_MAX,
        default: PAGE_SIZE_DEFAULT,
        description: 'Rows a page',
        'x-unit': 'count',
        examples: [50],
      }),
    ),
    environment: environment(),
  }),
  bodyRule: (body) => dayProblem('startTime', body.startTime) ?? dayProblem('endTime', body.endTime),
  reply: {
    total: total(),
    page: count('Page, counted from 1', 1, PAGE_MAX),
    pageSize: count('Rows a page', 1, PAGE_SIZE_MAX),
    orders: Type.Array(AgentOrderView, { description: 'Orders, newest first' }),
    environment: environmentEcho(),
  },
  errors: [],
});

/** A well-formed time can still name a day that does not exist. */
function dayProblem(field: string, time: string | undefined): Problem | undefined {
  if (time === undefined || isoTimeToMs(time) !== undefined) return undefined;
  return withValue(problemOf(2002, field, ISO_TIME_RULE), time);
}
