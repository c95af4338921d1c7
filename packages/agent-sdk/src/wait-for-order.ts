import type { WaitForOrderOptions } from './agent-client.ts';
import type { BackOff } from './back-off.ts';
import type { Clock } from './clock.ts';
import { AGENT_CODES } from './codes.ts';
import { StillProcessingError, UnavailableError } from './errors.ts';
import { askForOrder, type OrderAnswer, QUERY_ORDER_PLACE } from './order-lookup.ts';
import type { QueryOrderReply } from './replies.ts';
import type { Transport } from './transport.ts';

/** Longest time that `waitForOrder` can be asked to wait, in milliseconds. */
export const MAX_WAIT_MS = 24 * 60 * 60 * 1000;

export interface WaitTools {
  readonly transport: Transport;
  readonly backOff: BackOff;
  readonly clock: Clock;
}

/** Asks for the order, with growing pauses, until it is no longer `PROCESSING` or the time is over. */
export async function waitForOrder(
  orderNo: string,
  options: WaitForOrderOptions,
  tools: WaitTools,
): Promise<QueryOrderReply> {
  const { timeoutMs, orderType, environment } = options;
  if (!(timeoutMs >= 0 && timeoutMs <= MAX_WAIT_MS)) throw new RangeError(`timeoutMs must be 0 to ${MAX_WAIT_MS}`);
  const deadline = new AbortController();
  const cancelDeadline = tools.clock.setTimeout(() => deadline.abort(), timeoutMs);
  try {
    for (let round = 0; ; round += 1) {
      const isLast = deadline.signal.aborted;
      const answer = await askForOrder(tools.transport, { orderNo, orderType, environment });
      if (answer.kind === 'found' && answer.order.status !== 'PROCESSING') return answer.order;
      if (answer.kind === 'absent' || (answer.kind === 'refused' && !isPassing(answer))) throw answer.error;
      if (isLast) {
        if (answer.kind === 'found') throw new StillProcessingError(orderNo, QUERY_ORDER_PLACE);
        throw new UnavailableError(QUERY_ORDER_PLACE, answer.kind === 'refused' ? answer.error : answer.cause);
      }
      await tools.backOff.pause(round, deadline.signal);
    }
  } finally {
    cancelDeadline();
  }
}

function isPassing(answer: Extract<OrderAnswer, { kind: 'refused' }>): boolean {
  const passing: readonly number[] = [
    AGENT_CODES.temporarilyUnavailable,
    AGENT_CODES.quotaUsedUp,
    AGENT_CODES.nonceReused,
  ];
  return passing.includes(answer.error.code);
}
