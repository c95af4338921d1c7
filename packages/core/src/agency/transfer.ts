import { type Money, money } from '@openvenue/money';
import { faultyText } from '../identity/form.ts';
import { type Rejected, reject } from '../reject.ts';
import type { Agent } from './agents.ts';
import { admit } from './authorize.ts';
import { announce, answer, noRoom } from './book-order.ts';
import type { Transfer, TransferAllOut } from './command.ts';
import { moveMoney } from './deposit.ts';
import { ORDER_NUMBER } from './form.ts';
import { MAX_TRANSFER_AMOUNT } from './limits.ts';
import { refuse } from './reject.ts';
import type { AgencyResult } from './reply.ts';
import { resolveUser } from './resolve-user.ts';
import type { Turn } from './state.ts';
import { CURRENCY, DIRECTIONS, type TransferFailReason, type TransferOrder } from './transfer-order.ts';

/** What makes two requests under one number the same. The amount of an all-out is its result, not its content. */
type Content = Pick<TransferOrder, 'userId' | 'direction' | 'transferMode'> & { readonly amount?: Money };

export function transfer(turn: Turn, command: Transfer): AgencyResult {
  const { direction, amount } = command;
  return placeTransfer(turn, command, { direction, transferMode: 'FIXED_AMOUNT', amount });
}

export function transferAllOut(turn: Turn, command: TransferAllOut): AgencyResult {
  return placeTransfer(turn, command, { direction: 'OUT', transferMode: 'ALL_OUT' });
}

function placeTransfer(turn: Turn, command: Transfer | TransferAllOut, asked: Omit<Content, 'userId'>): AgencyResult {
  const { state, timeMs, ports } = turn;
  const { agentAuth, agentOrderNo, user } = command;
  const admission = admit(state, agentAuth, timeMs);
  if (!admission.ok) return admission;
  const fault = faultyTransfer(command);
  if (fault !== undefined) return fault;
  const { agent } = admission;
  const { agentId } = agent;
  const resolved = resolveUser(state.bindings, ports, { agentId, user });
  if (!resolved.ok) return resolved;
  const { userId } = resolved.binding;
  const first = state.orders.transfer(agentId, agentOrderNo);
  if (first !== undefined) {
    return isSame(first, { ...asked, userId }) ? answer(first, true) : refuse('ORDER_NUMBER_CONFLICT');
  }
  if (state.walletTransfers.find(agentId, agentOrderNo) !== undefined) return refuse('ORDER_NUMBER_CONFLICT');
  const refusal = noRoom(state, agent, 1);
  if (refusal !== undefined) return refusal;

  const amount = asked.amount ?? money(ports.withdrawable(userId));
  const failReason = failReasonOf(turn, agent, { ...asked, userId, amount });
  const order = state.orders.add({
    ...asked,
    orderType: 'TRANSFER',
    agentId,
    userId,
    orderNo: agentOrderNo,
    amount,
    status: failReason === '' ? 'SUCCESS' : 'FAILED',
    failReason,
    linkedOrderId: 0,
    reason: '',
    createdAtMs: timeMs,
    webhookSeq: 0,
  });
  if (failReason === '') moveMoney(turn, order, order.direction === 'IN');
  announce(turn, order);
  return answer(order, false);
}

function faultyTransfer(command: Transfer | TransferAllOut): Rejected | undefined {
  const fault = faultyText({ field: 'agentOrderNo', value: command.agentOrderNo, form: ORDER_NUMBER });
  if (fault !== undefined) return fault;
  if (command.currency !== CURRENCY) return reject('INVALID_PARAMETER', { field: 'currency', rule: CURRENCY });
  if (command.type === 'transfer-all-out') return undefined;
  if (!DIRECTIONS.includes(command.direction)) {
    return reject('INVALID_PARAMETER', { field: 'direction', rule: DIRECTIONS.join(' or ') });
  }
  return command.amount > 0n && command.amount <= MAX_TRANSFER_AMOUNT
    ? undefined
    : reject('OUT_OF_RANGE', { field: 'amount', rule: 'above 0, at most 1e13 USDT' });
}

function isSame(first: TransferOrder, { userId, direction, transferMode, amount }: Content): boolean {
  return (
    first.userId === userId &&
    first.direction === direction &&
    first.transferMode === transferMode &&
    (amount === undefined || first.amount === amount)
  );
}

function failReasonOf(
  { ports }: Turn,
  agent: Agent,
  { userId, direction, amount }: Pick<TransferOrder, 'userId' | 'direction' | 'amount'>,
): TransferFailReason {
  if (direction === 'IN') return agent.depositless || agent.deposit >= amount ? '' : 'INSUFFICIENT_DEPOSIT';
  return ports.withdrawable(userId) >= amount ? '' : 'INSUFFICIENT_BALANCE';
}
