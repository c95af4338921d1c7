import { type Static, Type } from 'typebox';
import {
  CONDITION_TYPES,
  DRIVEN_ON,
  DRIVEN_TRIGGERS,
  ORDER_TYPES,
  type StrategyType,
  TIMES_IN_FORCE,
} from '../../enums.ts';
import { type Problem, problemOf, type Validation } from '../../problem.ts';
import { count, oneOf } from '../../scalars.ts';
import { compileValidator, type Validator } from '../../validation.ts';
import { PlaceConditionBody } from './condition-body.ts';
import { placeOrder } from './place.ts';
import { PlaceOrderBody } from './place-body.ts';
import { placeCondition } from './place-condition.ts';
import { legOrderProblem } from './rules.ts';

const drivenId = (which: string) =>
  Type.Optional(count(`strategySubId of the ${which} sub-order it depends on; 0 none`));
const drivenOn = (which: string) =>
  Type.Optional(
    Type.Enum([...DRIVEN_ON, ''], {
      description: `What has to happen to the ${which} of them; empty when there is none`,
      'x-code': 3112,
      examples: ['FILLED'],
    }),
  );
const trigger = (which: string) =>
  Type.Optional(
    Type.Enum([...DRIVEN_TRIGGERS, ''], {
      description: `What happens to this sub-order when it does, for the ${which}; empty when there is none`,
      'x-code': 3112,
      examples: ['PLACE_ORDER'],
    }),
  );

const linkFields = {
  strategySubId: count('Number of the sub-order in its strategy'),
  firstDrivenId: drivenId('first'),
  firstDrivenOn: drivenOn('first'),
  firstTrigger: trigger('first'),
  secondDrivenId: drivenId('second'),
  secondDrivenOn: drivenOn('second'),
  secondTrigger: trigger('second'),
};

/** What a sub-order depends on. */
export const SubOrderLinks = Type.Object(linkFields);
export type SubOrderLinks = Static<typeof SubOrderLinks>;

const { type: _orderType, ...orderFields } = PlaceOrderBody.properties;
const { type: _conditionType, ...conditionFields } = PlaceConditionBody.properties;

/** A sub-order as documentation shows it: `type` says which of the fields it takes. */
export const DocumentedSubOrder = Type.Object(
  {
    ...linkFields,
    type: oneOf(
      [...ORDER_TYPES, ...CONDITION_TYPES],
      'Type of a normal order or of a condition order, whose fields follow',
    ),
    ...conditionFields,
    ...orderFields,
    timeInForce: Type.Optional(oneOf(TIMES_IN_FORCE, 'GTC when left out; GTE_GTC for condition orders alone')),
  },
  { additionalProperties: false },
);

/** A sub-order that is well-formed: its links, and the order of either kind. */
export interface SubOrderBody {
  readonly links: SubOrderLinks;
  readonly order?: Static<typeof PlaceOrderBody>;
  readonly condition?: Static<typeof PlaceConditionBody>;
}

/** The fields of a strategy that its sub-orders are read by. */
export interface StrategyBody {
  readonly strategyType: StrategyType;
  readonly subOrderList: readonly unknown[];
}

const linksValidator = compileValidator(SubOrderLinks);
/** A sub-order that another one places may leave its quantity to it. */
const legValidator = compileValidator(PlaceOrderBody, legOrderProblem);

/** Reads the sub-orders of a strategy; the first problem of the first malformed one is the strategy's. */
export function readSubOrders({ strategyType, subOrderList }: StrategyBody): Validation<readonly SubOrderBody[]> {
  const subOrders: SubOrderBody[] = [];
  for (const [index, item] of subOrderList.entries()) {
    const read = readSubOrder(item, strategyType !== 'OCO' && index > 0 ? legValidator : placeOrder.bodyValidator);
    if (!read.ok) return { ok: false, problem: inItem(read.problem, index) };
    subOrders.push(read.value);
  }
  return { ok: true, value: subOrders };
}

function readSubOrder(
  item: unknown,
  orderValidator: Validator<Static<typeof PlaceOrderBody>>,
): Validation<SubOrderBody> {
  const links = linksValidator.validate(item);
  if (!links.ok) return links;
  const fields = Object.entries(item as Readonly<Record<string, unknown>>);
  const rest = Object.fromEntries(fields.filter(([name]) => !Object.hasOwn(linkFields, name)));
  if (ORDER_TYPES.some((type) => type === rest['type'])) {
    const order = orderValidator.validate(rest);
    return order.ok ? { ok: true, value: { links: links.value, order: order.value } } : order;
  }
  const condition = placeCondition.bodyValidator.validate(rest);
  return condition.ok ? { ok: true, value: { links: links.value, condition: condition.value } } : condition;
}

function inItem({ code, field, rule, value }: Problem, index: number): Problem {
  const path = `subOrderList[${index}]`;
  const problem = problemOf(code, field === 'body' ? path : `${path}.${field}`, rule);
  return value === undefined ? problem : { ...problem, value };
}
