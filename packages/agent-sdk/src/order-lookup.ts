import { AGENT_CODES } from './codes.ts';
import type { CallPlace, RefusedError } from './errors.ts';
import { readReply } from './read-reply.ts';
import { type Environment, type OrderType, type QueryOrderReply, replies } from './replies.ts';
import { queryOrderFields } from './requests.ts';
import type { Answer, Transport } from './transport.ts';

/** Path of the call that tells what became of a transfer. */
export const QUERY_ORDER_PATH = '/v1/agent/query-order';

export interface OrderQuestion {
  /** The partner's number. */
  readonly orderNo: string;
  /** Left out, transfers in are looked through first, then transfers out. */
  readonly orderType?: OrderType | undefined;
  readonly environment?: Environment | undefined;
}

/** The answer to one question for an order, asked once. */
export type OrderAnswer =
  | { readonly kind: 'found'; readonly order: QueryOrderReply }
  /** The venue knows no such order: `error` has code 6101. */
  | { readonly kind: 'absent'; readonly error: RefusedError }
  | Exclude<Answer, { kind: 'success' }>;

/** Asks once for an order. @throws ProtocolError */
export async function askForOrder(transport: Transport, question: OrderQuestion): Promise<OrderAnswer> {
  const { orderNo, environment } = question;
  if (question.orderType !== undefined) return askFor(transport, { ...question, orderType: question.orderType });
  const among = await askFor(transport, { orderNo, orderType: 'TRANSFER_IN', environment });
  return among.kind === 'absent' ? askFor(transport, { orderNo, orderType: 'TRANSFER_OUT', environment }) : among;
}

async function askFor(
  transport: Transport,
  question: OrderQuestion & { readonly orderType: OrderType },
): Promise<OrderAnswer> {
  const fields = queryOrderFields(question);
  const answer = await transport.post(QUERY_ORDER_PATH, fields);
  if (answer.kind === 'success') return { kind: 'found', order: readReply(answer, replies.queryOrder, fields) };
  const isAbsent = answer.kind === 'refused' && answer.error.code === AGENT_CODES.orderNotFound;
  return isAbsent ? { kind: 'absent', error: answer.error } : answer;
}

/** Why a question was not answered. */
export function causeOf(answer: Exclude<OrderAnswer, { kind: 'found' }>): Error {
  return answer.kind === 'unanswered' ? answer.cause : answer.error;
}

/** The place named in errors about waiting for an order. */
export const QUERY_ORDER_PLACE: CallPlace = { path: QUERY_ORDER_PATH, requestId: '' };
