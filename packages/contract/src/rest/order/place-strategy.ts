import { type Static, Type } from 'typebox';
import { STRATEGY_STATUSES, STRATEGY_TYPES } from '../../enums.ts';
import type { ErrorName } from '../../errors/catalogue.ts';
import type { Problem } from '../../problem.ts';
import { id64, oneOf, timestampMs } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';
import { CONDITION_ERRORS } from './condition-errors.ts';
import { PLACE_ERRORS } from './place-errors.ts';
import { DocumentedSubOrder, readSubOrders } from './sub-order.ts';

/** Sub-orders of the smallest and the largest kind of strategy. */
const SUB_ORDERS_MIN = 2;
const SUB_ORDERS_MAX = 3;

const strategyType = () =>
  oneOf(STRATEGY_TYPES, 'OTO: one places another; OCO: one cancels the other; OTOCO: one places an OCO');
const subOrdersBounds = {
  minItems: SUB_ORDERS_MIN,
  maxItems: SUB_ORDERS_MAX,
  'x-code': 3111,
  description: 'OTO: the order and its dependent; OCO: the pair; OTOCO: the order, then the pair',
} as const;

const Body = Type.Object(
  {
    strategyType: strategyType(),
    subOrderList: Type.Array(
      Type.Unknown({ description: 'Fields of place or place-condition, by type, and its links', examples: [{}] }),
      subOrdersBounds,
    ),
  },
  { additionalProperties: false },
);

const subOrdersProblem = (body: Static<typeof Body>): Problem | undefined => {
  const read = readSubOrders(body);
  return read.ok ? undefined : read.problem;
};

const STRATEGY_ERRORS: readonly ErrorName[] = [
  ...PLACE_ERRORS,
  ...CONDITION_ERRORS,
  'STRATEGY_LEGS_INVALID',
  'STRATEGY_DEPENDENCY_INVALID',
];

/** Places orders that depend on each other, all or none. */
export const placeStrategy = defineRoute({
  method: 'POST',
  path: '/v1/private/order/place-strategy',
  auth: 'T',
  rateLimit: 'order',
  summary: 'Place orders that depend on each other',
  query: NO_FIELDS,
  body: Body,
  bodyRule: subOrdersProblem,
  documentedBody: Type.Object(
    { strategyType: strategyType(), subOrderList: Type.Array(DocumentedSubOrder, subOrdersBounds) },
    { additionalProperties: false },
  ),
  data: Type.Object({
    strategyId: id64('Id of the strategy'),
    strategyStatus: oneOf(STRATEGY_STATUSES, 'Status of the strategy after the call'),
    timestamp: timestampMs('Time of the call'),
  }),
  errors: STRATEGY_ERRORS,
});
