import type { FakeUser } from './agents.ts';
import { common, echo, type Handler, userOf } from './call.ts';
import { amountText, type FakeOrder, isoTime, type Movement, transferModeOf } from './ledger.ts';
import {
  needChoice,
  needText,
  optionalCount,
  optionalFlag,
  optionalText,
  Refusal,
  type RequestFields,
} from './refusal.ts';
import { formatUnits, parseUnits } from './units.ts';

const WALLET_MOVEMENTS = {
  PARTNER_TO_FUNDING: { from: 'deposit', to: 'funding' },
  FUNDING_TO_PARTNER: { from: 'funding', to: 'deposit' },
  FUNDING_TO_CONTRACT: { from: 'funding', to: 'contract' },
  CONTRACT_TO_FUNDING: { from: 'contract', to: 'funding' },
} as const;

/** Why a wallet transfer failed, by what lacked the money. */
const RESULT_CODES = {
  deposit: 'INSUFFICIENT_DEPOSIT',
  funding: 'INSUFFICIENT_FUNDING',
  contract: 'INSUFFICIENT_BALANCE',
} as const;

/** The calls that place orders or ask for them. */
export const ORDER_CALLS: Readonly<Record<string, Handler>> = {
  '/v1/agent/transfer': (context) => {
    const { agent, fields, ledger } = context;
    const orderNo = needText(fields, 'agentOrderNo', 64);
    const direction = needChoice(fields, 'direction', ['IN', 'OUT']);
    const amount = needAmount(fields);
    const order = { ...common(fields), direction, amount: formatUnits(amount) };
    const user = userOf(agent, fields);
    const content = contentOf('transfer', user, order);
    const movement: Movement =
      direction === 'IN' ? { from: 'deposit', to: 'contract', amount } : { from: 'contract', to: 'deposit', amount };
    const placed =
      ledger.findSame(agent, orderNo, content) ??
      ledger.place(
        {
          orderNo,
          kind: 'transfer',
          agent,
          user,
          movement,
          direction,
          currency: order.currency,
          content,
          original: undefined,
        },
        context.hold,
      );
    return { ...transferReply(placed), ...echo(fields) };
  },

  '/v1/agent/transfer-all-out': (context) => {
    const { agent, fields, ledger } = context;
    const orderNo = needText(fields, 'agentOrderNo', 64);
    const { currency } = common(fields);
    const user = userOf(agent, fields);
    const content = contentOf('transfer-all-out', user, { currency });
    const movement: Movement = { from: 'contract', to: 'deposit', amount: undefined };
    const placed =
      ledger.findSame(agent, orderNo, content) ??
      ledger.place(
        { orderNo, kind: 'transfer', agent, user, movement, direction: 'OUT', currency, content, original: undefined },
        context.hold,
      );
    return { ...transferReply(placed), amount: amountText(placed), ...echo(fields) };
  },

  '/v1/agent/reverse': (context) => {
    const { agent, fields, ledger } = context;
    const origOrderNo = needText(fields, 'origOrderNo', 64);
    const orderNo = needText(fields, 'reverseOrderNo', 64);
    needText(fields, 'reverseReason');
    common(fields);
    const original = ledger.find(agent, origOrderNo);
    if (original === undefined || original.kind !== 'transfer') throw new Refusal('orderNotFound', 'order not found');
    const content = contentOf('reverse', original.user, { origOrderNo });
    const known = ledger.findSame(agent, orderNo, content);
    if (known !== undefined) return { orderStatus: known.status, ...echo(fields) };
    if (original.status !== 'SUCCESS') throw new Refusal('orderNotReversible', 'order cannot be reversed');
    const { from, to } = original.movement;
    const movement: Movement = { from: to, to: from, amount: original.amount };
    const { user, direction, currency } = original;
    const placed = ledger.place(
      { orderNo, kind: 'reverse', agent, user, movement, direction, currency, content, original },
      context.hold,
    );
    return { orderStatus: placed.status, ...echo(fields) };
  },

  '/v1/agent/wallet-transfer': (context) => {
    const { agent, fields, ledger } = context;
    const orderNo = needText(fields, 'agentOrderNo', 64);
    const direction = needChoice(
      fields,
      'direction',
      Object.keys(WALLET_MOVEMENTS) as (keyof typeof WALLET_MOVEMENTS)[],
    );
    const isAll = optionalFlag(fields, 'transferAll') ?? false;
    if (isAll && (direction === 'PARTNER_TO_FUNDING' || direction === 'FUNDING_TO_PARTNER')) {
      throw new Refusal('parameterInvalid', 'transferAll is not possible in this direction');
    }
    if (isAll && optionalText(fields, 'amount') !== undefined) {
      throw new Refusal('parameterInvalid', 'amount must be absent with transferAll');
    }
    const amount = isAll ? undefined : needAmount(fields);
    const { currency } = common(fields);
    const user = userOf(agent, fields);
    const content = contentOf('wallet-transfer', user, { direction, currency, amount: amount?.toString() ?? 'all' });
    const movement: Movement = { ...WALLET_MOVEMENTS[direction], amount };
    const placed =
      ledger.findSame(agent, orderNo, content) ??
      ledger.place(
        { orderNo, kind: 'wallet-transfer', agent, user, movement, direction, currency, content, original: undefined },
        context.hold,
      );
    return { ...walletReply(placed), ...echo(fields) };
  },

  '/v1/agent/query-order': ({ agent, fields, ledger }) => {
    const orderNo = needText(fields, 'orderNo', 64);
    const orderType = needChoice(fields, 'orderType', ['TRANSFER_IN', 'TRANSFER_OUT']);
    common(fields);
    const order = ledger.find(agent, orderNo);
    if (order === undefined || order.kind !== 'transfer' || orderTypeOf(order) !== orderType) {
      throw new Refusal('orderNotFound', 'order not found');
    }
    return { orderType, ...listed(order), ...echo(fields) };
  },

  '/v1/agent/list-orders': ({ agent, fields, ledger }) => {
    common(fields);
    const orderType = optionalText(fields, 'orderType');
    const status = optionalText(fields, 'status');
    const fromMs = optionalTime(fields, 'startTime') ?? Number.NEGATIVE_INFINITY;
    const toMs = optionalTime(fields, 'endTime') ?? Number.POSITIVE_INFINITY;
    const page = optionalCount(fields, 'page', { from: 1, to: Number.MAX_SAFE_INTEGER }) ?? 1;
    const pageSize = optionalCount(fields, 'pageSize', { from: 1, to: 100 }) ?? 20;
    const orders = ledger
      .ordersOf(agent)
      .filter((order) => order.kind === 'transfer')
      .filter((order) => orderType === undefined || orderTypeOf(order) === orderType)
      .filter((order) => status === undefined || order.status === status)
      .filter((order) => order.createdAtMs >= fromMs && order.createdAtMs < toMs)
      .reverse();
    const start = (page - 1) * pageSize;
    return {
      total: orders.length,
      page,
      pageSize,
      orders: orders.slice(start, start + pageSize).map(listed),
      ...echo(fields),
    };
  },

  '/v1/agent/wallet-transfer-status': ({ agent, fields, ledger }) => {
    common(fields);
    const orderNo = optionalText(fields, 'agentOrderNo', 64) ?? needText(fields, 'orderNo', 64);
    const order = ledger.find(agent, orderNo);
    if (order === undefined || order.kind !== 'wallet-transfer') throw new Refusal('orderNotFound', 'order not found');
    return { ...walletReply(order), ...echo(fields) };
  },
};

function needAmount(fields: RequestFields): bigint {
  const amount = parseUnits(needText(fields, 'amount'));
  if (amount === undefined) throw new Refusal('parameterInvalid', 'amount must be a decimal string');
  if (amount === 0n) throw new Refusal('parameterOutOfRange', 'amount must be positive');
  return amount;
}

function optionalTime(fields: RequestFields, name: string): number | undefined {
  const value = optionalText(fields, name);
  if (value === undefined) return undefined;
  const timeMs = Date.parse(value);
  if (Number.isNaN(timeMs)) throw new Refusal('parameterInvalid', `${name} is not an ISO 8601 time`);
  return timeMs;
}

function contentOf(call: string, user: FakeUser, fields: Readonly<Record<string, string>>): string {
  return JSON.stringify([call, user.platformUserId, fields]);
}

function transferReply(order: FakeOrder): Readonly<Record<string, unknown>> {
  const { orderNo, status, user } = order;
  const { agentUserId, platformUserId } = user;
  return { orderNo, orderStatus: status, agentUserId, platformUserId };
}

function orderTypeOf(order: FakeOrder): string {
  return order.direction === 'IN' ? 'TRANSFER_IN' : 'TRANSFER_OUT';
}

function listed(order: FakeOrder): Readonly<Record<string, unknown>> {
  return {
    orderNo: order.orderNo,
    status: order.status,
    direction: order.direction,
    transferMode: transferModeOf(order),
    currency: order.currency,
    amount: amountText(order),
    agentUserId: order.user.agentUserId,
    platformUserId: order.user.platformUserId,
    failReason: order.failReason,
    createdAt: isoTime(order.createdAtMs),
    completedAt: isoTime(order.completedAtMs),
  };
}

function walletReply(order: FakeOrder): Readonly<Record<string, unknown>> {
  const isFailed = order.status !== 'SUCCESS' && order.status !== 'PROCESSING';
  return {
    orderNo: order.orderNo,
    status: isFailed ? 'FAILED' : order.status,
    direction: order.direction,
    currency: order.currency,
    amount: amountText(order),
    transferAll: order.movement.amount === undefined,
    agentUserId: order.user.agentUserId,
    platformUserId: order.user.platformUserId,
    resultCode: isFailed ? RESULT_CODES[order.movement.from] : '',
  };
}
