import { type Static, Type } from 'typebox';
import { missing, type Problem, problemOf } from '../../problem.ts';
import { defineAgentCall } from '../define-agent-call.ts';
import { agentOrderNo, environment } from '../fields.ts';
import { walletTransferReply } from './wallet-transfer-reply.ts';

const WalletTransferStatusBody = Type.Object({
  agentOrderNo: Type.Optional(agentOrderNo('Number of the order, as the partner gave it')),
  orderNo: Type.Optional(agentOrderNo('Other name of agentOrderNo')),
  environment: environment(),
});

/** What became of a wallet transfer. */
export const walletTransferStatus = defineAgentCall({
  path: '/v1/agent/wallet-transfer-status',
  auth: 'signed',
  kind: 'query',
  summary: 'One wallet transfer',
  body: WalletTransferStatusBody,
  bodyRule: orderNumberProblem,
  reply: walletTransferReply,
  errors: ['ORDER_NOT_FOUND'],
});

/** The number that a well-formed query names, under either of its names. */
export function walletTransferOrderNo(body: Static<typeof WalletTransferStatusBody>): string {
  const orderNo = body.agentOrderNo ?? body.orderNo;
  if (orderNo === undefined) throw new Error('A query of a wallet transfer without a number has passed its rule');
  return orderNo;
}

function orderNumberProblem(body: Static<typeof WalletTransferStatusBody>): Problem | undefined {
  const { agentOrderNo: number, orderNo: otherName } = body;
  if (number === undefined && otherName === undefined) return missing('agentOrderNo');
  if (number === undefined || otherName === undefined || number === otherName) return undefined;
  return problemOf(2002, 'orderNo', 'the same as agentOrderNo, or left out');
}
