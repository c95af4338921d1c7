import type { AgentClient } from './agent-client.ts';
import { AGENT_CODES } from './codes.ts';
import { sameAmount } from './decimal.ts';
import { askForOrder, causeOf } from './order-lookup.ts';
import { readReply } from './read-reply.ts';
import { type Finding, moveMoney, type RepeatOptions } from './repeat.ts';
import {
  type QueryOrderReply,
  type ReverseReply,
  replies,
  type TransferAllOutReply,
  type TransferReply,
  type WalletTransferReply,
} from './replies.ts';
import * as request from './requests.ts';
import type { Transport } from './transport.ts';

/** Where the status of a wallet transfer is asked for. */
export const WALLET_TRANSFER_STATUS_PATH = '/v1/agent/wallet-transfer-status';

/** The venue knows of no such effect, and no code settles the doubt beyond those that always do. */
const ABSENT = { kind: 'absent', settles: [] } as const;

/** The calls that move money; every one is made at most once in effect, whatever the network does. */
export function createMoneyMoves(
  transport: Transport,
  repetition: RepeatOptions,
): Pick<AgentClient, 'transfer' | 'transferAllOut' | 'reverse' | 'walletTransfer'> {
  return {
    async transfer(transfer) {
      const fields = request.transferFields(transfer);
      const path = '/v1/agent/transfer';
      return moveMoney<TransferReply>(
        {
          orderNo: transfer.agentOrderNo,
          place: { path, requestId: '' },
          send: () => transport.post(path, fields),
          read: (success) => readReply(success, replies.transfer, fields),
          lookUp: () =>
            findTransfer(transport, {
              orderNo: transfer.agentOrderNo,
              orderType: transfer.direction === 'IN' ? 'TRANSFER_IN' : 'TRANSFER_OUT',
              environment: transfer.environment,
              isSame: (order) =>
                order.transferMode === 'FIXED_AMOUNT' &&
                sameAmount(order.amount, transfer.amount) &&
                isSameTarget(order, transfer),
              reply: transferReplyOf,
            }),
        },
        repetition,
      );
    },

    async transferAllOut(transfer) {
      const fields = request.transferAllOutFields(transfer);
      const path = '/v1/agent/transfer-all-out';
      return moveMoney<TransferAllOutReply>(
        {
          orderNo: transfer.agentOrderNo,
          place: { path, requestId: '' },
          send: () => transport.post(path, fields),
          read: (success) => readReply(success, replies.transferAllOut, fields),
          lookUp: () =>
            findTransfer(transport, {
              orderNo: transfer.agentOrderNo,
              orderType: 'TRANSFER_OUT',
              environment: transfer.environment,
              isSame: (order) => order.transferMode === 'ALL_OUT' && isSameTarget(order, transfer),
              reply: (order) => ({ ...transferReplyOf(order), amount: order.amount }),
            }),
        },
        repetition,
      );
    },

    async reverse(reverse) {
      const fields = request.reverseFields(reverse);
      const path = '/v1/agent/reverse';
      return moveMoney<ReverseReply>(
        {
          orderNo: reverse.reverseOrderNo,
          place: { path, requestId: '' },
          send: () => transport.post(path, fields),
          read: (success) => readReply(success, replies.reverse, fields),
          lookUp: () => lookAtOriginal(transport, reverse),
        },
        repetition,
      );
    },

    async walletTransfer(transfer) {
      const fields = request.walletTransferFields(transfer);
      const path = '/v1/agent/wallet-transfer';
      return moveMoney<WalletTransferReply>(
        {
          orderNo: transfer.agentOrderNo,
          place: { path, requestId: '' },
          send: () => transport.post(path, fields),
          read: (success) => readReply(success, replies.walletTransfer, fields),
          lookUp: () => findWalletTransfer(transport, transfer),
        },
        repetition,
      );
    },
  };
}

async function findTransfer<T>(
  transport: Transport,
  question: request.QueryOrderRequest & {
    isSame(order: QueryOrderReply): boolean;
    reply(order: QueryOrderReply): T;
  },
): Promise<Finding<T>> {
  const answer = await askForOrder(transport, question);
  // An order with other content is not ours: the repeat is made, and the venue itself says 6102.
  if (answer.kind === 'found') {
    return question.isSame(answer.order) ? { kind: 'found', reply: question.reply(answer.order) } : ABSENT;
  }
  return answer.kind === 'absent' ? ABSENT : { kind: 'unanswered', cause: causeOf(answer) };
}

/**
 * A reverse cannot be asked for by its own number. That the original is `REVERSED` does not say by which number, but only the repeat
 * does: it succeeds if it was this one, and 6105 then means for good that it was another.
 */
async function lookAtOriginal(transport: Transport, reverse: request.ReverseRequest): Promise<Finding<ReverseReply>> {
  const answer = await askForOrder(transport, { orderNo: reverse.origOrderNo, environment: reverse.environment });
  if (answer.kind === 'absent') return { kind: 'absent', settles: [AGENT_CODES.orderNotFound] };
  if (answer.kind !== 'found') return { kind: 'unanswered', cause: causeOf(answer) };
  return answer.order.status === 'REVERSED' ? { kind: 'absent', settles: [AGENT_CODES.orderNotReversible] } : ABSENT;
}

async function findWalletTransfer(
  transport: Transport,
  transfer: request.WalletTransferRequest,
): Promise<Finding<WalletTransferReply>> {
  const fields = { agentOrderNo: transfer.agentOrderNo, environment: transfer.environment };
  const answer = await transport.post(WALLET_TRANSFER_STATUS_PATH, fields);
  if (answer.kind === 'unanswered') return answer;
  if (answer.kind === 'refused') {
    return answer.error.code === AGENT_CODES.orderNotFound ? ABSENT : { kind: 'unanswered', cause: answer.error };
  }
  const reply = readReply(answer, replies.walletTransfer, fields);
  const isSame =
    reply.direction === transfer.direction &&
    reply.transferAll === (transfer.transferAll ?? false) &&
    (transfer.amount === undefined || sameAmount(reply.amount, transfer.amount)) &&
    isSameTarget(reply, transfer);
  return isSame ? { kind: 'found', reply } : ABSENT;
}

function isSameTarget(
  found: { readonly currency: string; readonly agentUserId: string; readonly platformUserId: string },
  sent: request.UserReference & { readonly currency?: string | undefined },
): boolean {
  return (
    found.currency === (sent.currency ?? 'USDT') &&
    (sent.agentUserId === undefined || sent.agentUserId === found.agentUserId) &&
    (sent.platformUserId === undefined || sent.platformUserId === found.platformUserId)
  );
}

function transferReplyOf(order: QueryOrderReply): TransferReply {
  const { orderNo, status, agentUserId, platformUserId, environment } = order;
  const reply = { orderNo, orderStatus: status, agentUserId, platformUserId };
  return environment === undefined ? reply : { ...reply, environment };
}
