import { money } from '@openvenue/money';
import { faultyText } from '../identity/form.ts';
import { type Rejected, reject } from '../reject.ts';
import type { Agent } from './agents.ts';
import { admit } from './authorize.ts';
import { changeFunding } from './change-funding.ts';
import type { WalletTransfer } from './command.ts';
import { changeDeposit } from './deposit.ts';
import { ORDER_NUMBER } from './form.ts';
import { MAX_TRANSFER_AMOUNT } from './limits.ts';
import { refuse } from './reject.ts';
import type { AgencyReply, AgencyResult } from './reply.ts';
import { resolveUser } from './resolve-user.ts';
import type { Turn } from './state.ts';
import { CURRENCY } from './transfer-order.ts';
import {
  OWN_WALLET_DIRECTIONS,
  WALLET_DIRECTIONS,
  type WalletFailReason,
  type WalletTransferOrder,
  walletTransferRecord,
} from './wallet-transfer-order.ts';

export function walletTransfer(turn: Turn, command: WalletTransfer): AgencyResult {
  const { state, timeMs, ports } = turn;
  const { agentAuth, agentOrderNo: orderNo, user, direction } = command;
  const admission = admit(state, agentAuth, timeMs);
  if (!admission.ok) return admission;
  const fault = faultyWalletTransfer(command);
  if (fault !== undefined) return fault;
  const { agent } = admission;
  const { agentId } = agent;
  const resolved = resolveUser(state.bindings, ports, { agentId, user });
  if (!resolved.ok) return resolved;
  const { userId } = resolved.binding;
  const first = state.walletTransfers.find(agentId, orderNo);
  if (first !== undefined) {
    return isSame(first, command, userId) ? answer(first, true) : refuse('ORDER_NUMBER_CONFLICT');
  }
  if (state.orders.transfer(agentId, orderNo) !== undefined) return refuse('ORDER_NUMBER_CONFLICT');
  if (state.walletTransfers.isFullFor(agentId)) return refuse('AGENCY_FULL', { rule: 'wallet transfers' });

  const movable = movableOf(turn, agent, { userId, direction });
  const amount = command.amount ?? money(movable);
  const failReason = amount <= movable ? '' : lackOf(direction);
  const order = state.walletTransfers.add({
    agentId,
    userId,
    orderNo,
    direction,
    amount,
    transferAll: command.amount === undefined,
    failReason,
    createdAtMs: timeMs,
  });
  if (failReason === '' && amount !== 0n) move(turn, agent, order);
  turn.emit({ type: 'wallet-transferred', order: walletTransferRecord(order) });
  return answer(order, false);
}

function faultyWalletTransfer(command: WalletTransfer): Rejected | undefined {
  const { agentOrderNo, currency, direction, amount } = command;
  const fault = faultyText({ field: 'agentOrderNo', value: agentOrderNo, form: ORDER_NUMBER });
  if (fault !== undefined) return fault;
  if (currency !== CURRENCY) return reject('INVALID_PARAMETER', { field: 'currency', rule: CURRENCY });
  if (!WALLET_DIRECTIONS.includes(direction)) {
    return reject('INVALID_PARAMETER', { field: 'direction', rule: WALLET_DIRECTIONS.join(', ') });
  }
  if (amount === undefined) {
    return isOwn(direction)
      ? undefined
      : reject('INVALID_PARAMETER', { field: 'transferAll', rule: 'only between the wallets of the user' });
  }
  return amount > 0n && amount <= MAX_TRANSFER_AMOUNT
    ? undefined
    : reject('OUT_OF_RANGE', { field: 'amount', rule: 'above 0, at most 1e13 USDT' });
}

type Direction = WalletTransferOrder['direction'];

const isOwn = (direction: Direction): boolean => OWN_WALLET_DIRECTIONS.some((own) => own === direction);

/** The amount of a transfer of all there is, is its result and not its content. */
const isSame = (first: WalletTransferOrder, { direction, amount }: WalletTransfer, userId: number): boolean =>
  first.userId === userId &&
  first.direction === direction &&
  first.transferAll === (amount === undefined) &&
  (amount === undefined || first.amount === amount);

/** What can leave the side that the money is to leave. */
function movableOf(
  { state, ports }: Turn,
  agent: Agent,
  { userId, direction }: Pick<WalletTransferOrder, 'userId' | 'direction'>,
): bigint {
  switch (direction) {
    case 'PARTNER_TO_FUNDING':
      return agent.depositless ? MAX_TRANSFER_AMOUNT : agent.deposit;
    case 'FUNDING_TO_PARTNER':
    case 'FUNDING_TO_CONTRACT':
      return state.fundingWallets.of(userId).available;
    case 'CONTRACT_TO_FUNDING':
      return ports.withdrawable(userId);
  }
}

function lackOf(direction: Direction): WalletFailReason {
  if (direction === 'PARTNER_TO_FUNDING') return 'INSUFFICIENT_DEPOSIT';
  return direction === 'CONTRACT_TO_FUNDING' ? 'INSUFFICIENT_BALANCE' : 'INSUFFICIENT_FUNDING';
}

/** Takes from the one side what it gives to the other; each side says so in its own ledger. */
function move(turn: Turn, agent: Agent, order: WalletTransferOrder): void {
  const { direction, userId, amount, walletTransferId: referenceId } = order;
  const intoFunding = direction === 'PARTNER_TO_FUNDING' || direction === 'CONTRACT_TO_FUNDING';
  const elsewhere = money(intoFunding ? -amount : amount);
  if (direction === 'FUNDING_TO_CONTRACT' || direction === 'CONTRACT_TO_FUNDING') {
    turn.ports.moveWallet({ userId, amount: elsewhere, changeType: direction, referenceId });
  } else {
    changeDeposit(turn, agent, { amount: elsewhere, changeType: direction, referenceId });
  }
  changeFunding(turn, { userId, changeType: direction, amount: money(-elsewhere), referenceId });
}

const answer = (order: WalletTransferOrder, repeated: boolean): AgencyReply => ({
  ok: true,
  kind: 'wallet-transfer',
  repeated,
  order: walletTransferRecord(order),
});
