import type { ConditionReference, NewCondition } from '../../command.ts';
import type { ConditionRecord } from '../../event.ts';
import { type Rejected, reject } from '../../reject.ts';
import type { Account } from '../accounts/account.ts';
import { repeatFault } from '../admission/client-order-id.ts';
import type { ExchangeState } from '../exchange-state.ts';
import { notFound } from '../order-entry/find-order.ts';
import type { Step } from '../step.ts';
import { conditionFault } from './admit-condition.ts';
import { type Condition, conditionRecordOf, isPending } from './condition.ts';
import { conditionFormFault } from './condition-form.ts';
import { arm, endCondition, openCondition } from './condition-lifecycle.ts';

export type ConditionOutcome =
  | Rejected
  | { readonly ok: true; readonly kind: 'condition'; readonly condition: ConditionRecord };

/** Takes a new condition order (CND-1 to CND-5): form, repeat, then the ladder of MAT-12. No margin is frozen (CND-4). */
export function placeCondition(step: Step, userId: number, request: NewCondition): ConditionOutcome {
  const { state, timeMs } = step;
  const account = state.peekAccount(userId);
  const malformed = conditionFormFault(request) ?? repeatFault(account, request.clientOrderId ?? '');
  if (malformed !== undefined) return malformed;
  const market = state.markets.get(request.symbol);
  if (market === undefined)
    return reject('SYMBOL_NOT_TRADING', { field: 'symbol', value: request.symbol, rule: 'no such symbol' });
  const fault = conditionFault({ account, market, timeMs }, request);
  if (fault !== undefined) return fault;
  const condition = openCondition(step, request, { userId, market, strategyId: 0 });
  arm(step, condition);
  return outcome(condition);
}

/** Cancels a condition that has not become an order, and answers with its final state (MAT-8). */
export function cancelCondition(step: Step, userId: number, reference: ConditionReference): ConditionOutcome {
  const account = step.state.peekAccount(userId);
  const condition = findCondition(step.state, account, reference);
  if (condition === undefined) return conditionNotFound(step.state, account, reference);
  const { conditionId, status, market } = condition;
  if (!isPending(condition)) {
    const rule = status === 'TRIGGERED' ? 'its order is open: cancel that' : 'the condition order has ended';
    return reject('ORDER_NOT_CANCELABLE', { conditionId, status, rule });
  }
  if (market.status === 'HALTED')
    return reject('SYMBOL_NOT_TRADING', { field: 'symbol', value: market.symbol, rule: 'the symbol is HALTED' });
  endCondition(step, condition, { status: 'CANCELLED', reason: '' });
  return outcome(condition);
}

/** Cancels a user's conditions, of one symbol or all, by ascending id; those of halted symbols stay (SYM-4). */
export function cancelAllConditions(step: Step, userId: number, symbol: string | undefined): number {
  const wanted = step.state
    .peekAccount(userId)
    .allConditions()
    .filter(({ market }) => market.status !== 'HALTED' && (symbol ?? market.symbol) === market.symbol);
  for (const condition of wanted) endCondition(step, condition, { status: 'CANCELLED', reason: '' });
  return wanted.length;
}

/** A user's condition by id, by clientOrderId, or by both, which then must name the same one. */
export function findCondition(
  state: ExchangeState,
  account: Account,
  reference: { readonly symbol?: string; readonly conditionId?: number; readonly clientOrderId?: string },
): Condition | undefined {
  const { symbol, clientOrderId } = reference;
  const byClientId = clientOrderId === undefined ? undefined : account.conditionIdByClientId.get(clientOrderId);
  if (clientOrderId !== undefined && byClientId === undefined) return undefined;
  const conditionId = reference.conditionId ?? byClientId;
  if (conditionId === undefined || (byClientId ?? conditionId) !== conditionId) return undefined;
  const condition = state.conditions.get(conditionId);
  if (condition?.userId !== account.userId || (symbol ?? condition.market.symbol) !== condition.market.symbol)
    return undefined;
  return condition;
}

function conditionNotFound(
  state: ExchangeState,
  account: Account,
  { symbol, ...reference }: ConditionReference,
): Rejected {
  const { conditionId, clientOrderId } = reference;
  return notFound('condition order', {
    symbol,
    elsewhere: findCondition(state, account, reference),
    namesTwo:
      conditionId !== undefined &&
      clientOrderId !== undefined &&
      (findCondition(state, account, { conditionId }) ?? findCondition(state, account, { clientOrderId })) !==
        undefined,
  });
}

const outcome = (condition: Condition): ConditionOutcome => ({
  ok: true,
  kind: 'condition',
  condition: conditionRecordOf(condition),
});
