import assert from 'node:assert/strict';
import {
  CONDITION_STATUSES,
  type ErrorDetails,
  type ErrorName,
  errorOf,
  ORDER_STATUSES,
  SIGNATURE_REPLAY_MESSAGE,
  TIMESTAMP_OUTSIDE_WINDOW_MESSAGE,
} from '@openvenue/contract';
import type {
  AgencyRejectReason,
  ConditionRecord,
  ExchangeReads,
  RejectDetails,
  Rejected,
  RejectReason,
} from '@openvenue/core';
import { formatDecimal, formatOnGrid } from '@openvenue/money';
import { defined } from '../defined.ts';
import { type Failure, fail } from '../failure.ts';
import { conditionView } from './condition.ts';
import { orderView } from './order.ts';

/** Reasons that commands of the Developer API can be refused with; those about agents belong to the Agent API. */
type DeveloperReason = Exclude<RejectReason, AgencyRejectReason> | 'TOKEN_INVALID';

/** The public error of every such reason. */
export const ERROR_OF_REASON: Readonly<Record<DeveloperReason, ErrorName>> = {
  MISSING_PARAMETER: 'PARAMETER_MISSING',
  INVALID_PARAMETER: 'PARAMETER_INVALID',
  OUT_OF_RANGE: 'PARAMETER_OUT_OF_RANGE',
  OFF_GRID: 'PARAMETER_INVALID',
  CLOSE_POSITION_CONFLICT: 'CLOSE_POSITION_CONFLICT',
  DUPLICATE_CLIENT_ORDER_ID: 'DUPLICATE_CLIENT_ORDER_ID',
  SYMBOL_NOT_TRADING: 'SYMBOL_NOT_TRADING',
  PRICE_LEVEL_MISSING: 'INSUFFICIENT_LIQUIDITY',
  POSITION_SIDE_CONFLICT: 'POSITION_SIDE_CONFLICT',
  NOTHING_TO_REDUCE: 'REDUCE_ONLY_REJECTED',
  TOO_MANY_OPEN_ORDERS: 'TOO_MANY_OPEN_ORDERS',
  PRICE_OUTSIDE_BAND: 'PRICE_OUT_OF_BAND',
  WOULD_TAKE: 'MAKER_ONLY_WOULD_TAKE',
  NO_LIQUIDITY: 'INSUFFICIENT_LIQUIDITY',
  FOK_NOT_FILLABLE: 'FOK_NOT_FILLABLE',
  SELF_TRADE: 'SELF_TRADE_PREVENTED',
  TIER_LIMIT: 'POSITION_LIMIT_EXCEEDED',
  INSUFFICIENT_MARGIN: 'INSUFFICIENT_BALANCE',
  ORDER_NOT_FOUND: 'ORDER_NOT_FOUND',
  ORDER_ENDED: 'ORDER_NOT_AMENDABLE',
  ORDER_NOT_CANCELABLE: 'ORDER_NOT_CANCELABLE',
  LEVERAGE_LOCKED: 'MARGIN_SETTING_LOCKED',
  CONDITION_TYPE_UNKNOWN: 'CONDITION_TYPE_UNKNOWN',
  STOP_PRICE_INVALID: 'STOP_PRICE_INVALID',
  CONDITION_PRICE_MISSING: 'CONDITION_PRICE_MISSING',
  ACTIVATE_PRICE_INVALID: 'ACTIVATE_PRICE_INVALID',
  CALLBACK_RATE_INVALID: 'CALLBACK_RATE_INVALID',
  WOULD_TRIGGER_IMMEDIATELY: 'WOULD_TRIGGER_IMMEDIATELY',
  WORKING_TYPE_INVALID: 'WORKING_TYPE_INVALID',
  CONDITION_QUANTITY_INVALID: 'CONDITION_QUANTITY_INVALID',
  TIME_IN_FORCE_NOT_ALLOWED: 'TIME_IN_FORCE_NOT_ALLOWED',
  TOO_MANY_OPEN_CONDITIONS: 'TOO_MANY_OPEN_CONDITIONS',
  STRATEGY_LEGS_INVALID: 'STRATEGY_LEGS_INVALID',
  STRATEGY_DEPENDENCY_INVALID: 'STRATEGY_DEPENDENCY_INVALID',
  SESSION_REVOKED: 'TOKEN_REVOKED',
  SESSION_UNKNOWN: 'INVALID_TOKEN',
  REFRESH_TOKEN_INVALID: 'INVALID_TOKEN',
  REFRESH_TOKEN_REUSED: 'TOKEN_REVOKED',
  API_KEY_INVALID: 'INVALID_TOKEN',
  API_KEY_NOT_FOUND: 'PARAMETER_INVALID',
  API_KEY_LIMIT: 'PARAMETER_OUT_OF_RANGE',
  PERMISSION_DENIED: 'PERMISSION_DENIED',
  SIGNATURE_REPLAYED: 'DUPLICATE_REQUEST',
  SIGNATURES_FULL: 'TEMPORARILY_UNAVAILABLE',
  LISTEN_KEY_UNKNOWN: 'PARAMETER_INVALID',
  USER_UNKNOWN: 'INVALID_TOKEN',
  USER_DISABLED: 'TOKEN_REVOKED',
  USERNAME_TAKEN: 'PARAMETER_INVALID',
  EXTERNAL_ID_TAKEN: 'PARAMETER_INVALID',
  LIMIT_REACHED: 'PARAMETER_OUT_OF_RANGE',
  CONFIGURATION_INVALID: 'PARAMETER_INVALID',
  INSUFFICIENT_BALANCE: 'INSUFFICIENT_BALANCE',
  TOKEN_INVALID: 'INVALID_TOKEN',
};

const isDeveloperReason = (reason: RejectReason): reason is DeveloperReason => Object.hasOwn(ERROR_OF_REASON, reason);

/** Where a refused command stands: needed to write ticks as prices and to show the order that is meant. */
export interface RejectContext {
  readonly exchange: Pick<ExchangeReads, 'order' | 'condition' | 'symbol'>;
  readonly userId: number;
  readonly symbol?: string;
}

/** The refusal of a command as its client sees it. */
export function failReject({ reason, details }: Rejected, context: RejectContext): Failure {
  assert(isDeveloperReason(reason), `${reason} is no reason of the Developer API`);
  const error = ERROR_OF_REASON[reason];
  const message = messageOf(reason, details);
  const shown = detailsOf(reason, details, context);
  return fail(error, {
    ...(message === undefined ? {} : { message }),
    ...(Object.keys(shown).length === 0 ? {} : { details: shown }),
  });
}

function messageOf(reason: RejectReason, details: RejectDetails): string | undefined {
  if (reason === 'SIGNATURE_REPLAYED') return SIGNATURE_REPLAY_MESSAGE;
  if (reason === 'API_KEY_INVALID' && details.field === 'timestamp') return TIMESTAMP_OUTSIDE_WINDOW_MESSAGE;
  return undefined;
}

/** Statuses that a refusal can name: of orders and of condition orders. */
const STATUSES = [...ORDER_STATUSES, ...CONDITION_STATUSES];

/** Facts that name the parameter, for reasons whose code alone does not. */
const PARAMETER_OF_REASON: Partial<Readonly<Record<RejectReason, ErrorDetails>>> = {
  API_KEY_NOT_FOUND: { field: 'id', rule: 'the id of an API key of this user' },
  API_KEY_LIMIT: { rule: 'at most 30 API keys' },
  LISTEN_KEY_UNKNOWN: { field: 'listenKey', rule: 'a valid listen key of this user' },
};

function detailsOf(reason: RejectReason, details: RejectDetails, context: RejectContext): ErrorDetails {
  const { field, value, rule, below, above, required, available } = details;
  const status = STATUSES.find((each) => each === details.status);
  return {
    ...PARAMETER_OF_REASON[reason],
    ...defined({ field, value, rule, below, above, status }),
    ...pricesOf(details, context),
    ...defined({ required: decimal(required), available: decimal(available) }),
    ...orderOf(details, context),
    ...conditionOf(details, context),
    ...(details.problems === undefined
      ? {}
      : { problems: details.problems.map((problem) => ({ field: 'body', rule: problem })) }),
  };
}

const decimal = (units: bigint | undefined): string | undefined =>
  units === undefined ? undefined : formatDecimal(units);

function pricesOf(details: RejectDetails, { exchange, symbol }: RejectContext): ErrorDetails {
  const tickSize = symbol === undefined ? undefined : exchange.symbol(symbol)?.parameters.tickSize;
  if (tickSize === undefined) return {};
  const price = (ticks: number | undefined) => (ticks === undefined ? undefined : formatOnGrid(ticks, tickSize));
  return defined({
    bound: price(details.boundTicks),
    bestBid: price(details.bestBidTicks),
    bestAsk: price(details.bestAskTicks),
  });
}

function orderOf({ orderId }: RejectDetails, { exchange, userId }: RejectContext): ErrorDetails {
  if (orderId === undefined) return {};
  const order = exchange.order(userId, { orderId });
  const parameters = order === undefined ? undefined : exchange.symbol(order.symbol)?.parameters;
  return order === undefined || parameters === undefined ? {} : { order: orderView(order, parameters) };
}

function conditionOf({ conditionId }: RejectDetails, { exchange, userId }: RejectContext): ErrorDetails {
  if (conditionId === undefined) return {};
  const condition = exchange.condition(userId, { conditionId });
  const parameters = condition === undefined ? undefined : exchange.symbol(condition.symbol)?.parameters;
  return condition === undefined || parameters === undefined ? {} : { condition: conditionView(condition, parameters) };
}

/** The code that the order of a rejected condition order was refused with; 0 when none was (CND-8). */
export function rejectCodeOf({ status, rejectReason }: ConditionRecord): number {
  if (status !== 'REJECTED') return 0;
  const reason = Object.keys(ERROR_OF_REASON).find((each): each is DeveloperReason => each === rejectReason);
  return reason === undefined ? 0 : errorOf(ERROR_OF_REASON[reason]).code;
}
