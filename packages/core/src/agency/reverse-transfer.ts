import { faultyText } from '../identity/form.ts';
import type { Agent } from './agents.ts';
import { admit } from './authorize.ts';
import { announce, answer, noRoom } from './book-order.ts';
import type { ReverseTransfer } from './command.ts';
import { moveMoney } from './deposit.ts';
import { ORDER_NUMBER, REVERSE_REASON } from './form.ts';
import { refuse } from './reject.ts';
import type { AgencyResult } from './reply.ts';
import type { Turn } from './state.ts';
import type { TransferFailReason, TransferOrder } from './transfer-order.ts';

/** A reverse that succeeds brings two webhooks: its own and that of the transfer. */
const WEBHOOKS_OF_A_REVERSE = 2;

export function reverseTransfer(turn: Turn, command: ReverseTransfer): AgencyResult {
  const { state, timeMs } = turn;
  const { agentAuth, origOrderNo, reverseOrderNo, reason } = command;
  const admission = admit(state, agentAuth, timeMs);
  if (!admission.ok) return admission;
  const fault =
    faultyText({ field: 'origOrderNo', value: origOrderNo, form: ORDER_NUMBER }) ??
    faultyText({ field: 'reverseOrderNo', value: reverseOrderNo, form: ORDER_NUMBER }) ??
    faultyText({ field: 'reverseReason', value: reason, form: REVERSE_REASON });
  if (fault !== undefined) return fault;
  const { agent } = admission;
  const original = state.orders.transfer(agent.agentId, origOrderNo);
  const first = state.orders.reverse(agent.agentId, reverseOrderNo);
  if (first !== undefined) {
    return first.linkedOrderId === original?.orderId ? answer(first, true) : refuse('ORDER_NUMBER_CONFLICT');
  }
  if (original === undefined) return refuse('TRANSFER_NOT_FOUND');
  if (original.status !== 'SUCCESS') return refuse('TRANSFER_NOT_REVERSIBLE', { status: original.status });
  const refusal = noRoom(state, agent, WEBHOOKS_OF_A_REVERSE);
  if (refusal !== undefined) return refusal;

  const failReason = failReasonOf(turn, agent, original);
  const { agentId, userId, direction, transferMode, amount } = original;
  const reverse = state.orders.add({
    orderType: 'REVERSE',
    agentId,
    userId,
    orderNo: reverseOrderNo,
    direction,
    transferMode,
    amount,
    status: failReason === '' ? 'SUCCESS' : 'FAILED',
    failReason,
    linkedOrderId: original.orderId,
    reason,
    createdAtMs: timeMs,
    webhookSeq: 0,
  });
  if (failReason === '') {
    moveMoney(turn, reverse, direction === 'OUT');
    const reversed: TransferOrder = { ...original, status: 'REVERSED', linkedOrderId: reverse.orderId };
    state.orders.replace(reversed);
    announce(turn, reversed);
  }
  announce(turn, reverse);
  return answer(reverse, false);
}

/** What came in must still be withdrawable; what went out must still be in the deposit. */
function failReasonOf({ ports }: Turn, agent: Agent, original: TransferOrder): TransferFailReason {
  if (original.direction === 'IN') {
    return ports.withdrawable(original.userId) >= original.amount ? '' : 'INSUFFICIENT_BALANCE';
  }
  return agent.depositless || agent.deposit >= original.amount ? '' : 'INSUFFICIENT_DEPOSIT';
}
