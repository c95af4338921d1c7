import { type Static, Type } from 'typebox';
import { CONDITION_STATUSES, ORDER_STATUSES, STRATEGY_STATUSES } from './enums.ts';
import { ConditionView } from './rest/order/condition-view.ts';
import { OrderView } from './rest/order/order-view.ts';
import { amount, oneOf, price, replyText, signedAmount } from './scalars.ts';

/** Problems that one failure can list. */
export const PROBLEMS_MAX = 20;

const field = () => replyText('Path of the offending field', 'orders[3].price');
const value = () => replyText('Value of the offending field, cut to 64 characters; never a secret', '60000.55');
const rule = () => replyText('What the value must be', 'a multiple of 0.1');

/** Further problems of the same request. */
export const ProblemView = Type.Object({
  field: field(),
  value: Type.Optional(value()),
  rule: rule(),
});

/** What a failure says beyond its code; each code fills the fields that help with it. */
export const ErrorDetails = Type.Object(
  {
    field: Type.Optional(field()),
    value: Type.Optional(value()),
    rule: Type.Optional(rule()),
    below: Type.Optional(replyText('Nearest valid value below', '60000.5')),
    above: Type.Optional(replyText('Nearest valid value above', '60000.6')),
    order: Type.Optional(OrderView),
    condition: Type.Optional(ConditionView),
    bestBid: Type.Optional(price('Best bid at the time of the call')),
    bestAsk: Type.Optional(price('Best ask at the time of the call')),
    bound: Type.Optional(price('Bound of the price band that the order crosses')),
    required: Type.Optional(amount('Balance that the call requires')),
    available: Type.Optional(signedAmount('Balance that is available')),
    status: Type.Optional(
      oneOf(
        [...new Set([...ORDER_STATUSES, ...CONDITION_STATUSES, ...STRATEGY_STATUSES])],
        'Status of the order, condition order or strategy',
      ),
    ),
    problems: Type.Optional(
      Type.Array(ProblemView, { maxItems: PROBLEMS_MAX, description: 'Further problems of the same request' }),
    ),
  },
  { description: 'What the failure says beyond its code' },
);

export type ErrorDetails = Static<typeof ErrorDetails>;
export type ProblemView = Static<typeof ProblemView>;
