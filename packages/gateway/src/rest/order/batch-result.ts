import { type BatchItemResult, type BatchReply, errorOf, SUCCESS_CODE, SUCCESS_MESSAGE } from '@openvenue/contract';
import type { OrderRecord } from '@openvenue/core';
import type { Failure } from '../../failure.ts';
import { orderReply } from '../../mapping/order.ts';

/** What one item of a batch came to. */
export type ItemOutcome = Failure | { readonly ok: true; readonly order: OrderRecord };

/** The answer to a batch, one result for each item in the order of the items. */
export function batchReply(outcomes: readonly ItemOutcome[], timestamp: number): BatchReply {
  const results = outcomes.map((outcome) => itemResult(outcome, timestamp));
  const successCount = outcomes.filter((outcome) => outcome.ok).length;
  return { successCount, failedCount: outcomes.length - successCount, results };
}

function itemResult(outcome: ItemOutcome, timestamp: number): BatchItemResult {
  if (outcome.ok) return { code: SUCCESS_CODE, message: SUCCESS_MESSAGE, ...orderReply(outcome.order, timestamp) };
  const { code, message } = errorOf(outcome.error);
  return { code, message: outcome.message ?? message, ...(outcome.details && { details: outcome.details }) };
}
