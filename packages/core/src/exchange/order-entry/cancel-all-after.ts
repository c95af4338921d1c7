import { reject } from '../../reject.ts';
import type { Reply } from '../../reply.ts';
import type { CancelDeadline, ExchangeState } from '../exchange-state.ts';
import type { Step } from '../step.ts';
import { cancelAllOrders } from './cancel-order.ts';

/** Shortest and longest time of a switch, ms (MAT-14). */
const MIN_TIMEOUT_MS = 1_000;
const MAX_TIMEOUT_MS = 86_400_000;

/** Sets a user's switch anew, or turns it off with a timeout of 0 (MAT-14). */
export function cancelAllAfter(
  { state, timeMs }: Step,
  userId: number,
  request: { readonly timeoutMs: number; readonly keepReduceOnly?: boolean },
): Reply {
  const { timeoutMs, keepReduceOnly = false } = request;
  if (timeoutMs !== 0 && (timeoutMs < MIN_TIMEOUT_MS || timeoutMs > MAX_TIMEOUT_MS)) {
    return reject('OUT_OF_RANGE', {
      field: 'timeoutMs',
      value: String(timeoutMs),
      rule: `0, or from ${MIN_TIMEOUT_MS} to ${MAX_TIMEOUT_MS}`,
    });
  }
  if (timeoutMs === 0) turnOff(state, userId);
  else turnOn(state, userId, { deadlineMs: timeMs + timeoutMs, keepReduceOnly });
  return { ok: true, kind: 'deadline', deadlineMs: timeoutMs === 0 ? 0 : timeMs + timeoutMs };
}

export function turnOn(state: ExchangeState, userId: number, deadline: CancelDeadline): void {
  state.cancelDeadlines.set(userId, deadline);
  state.cancelQueue.set(keyOf(userId), deadline.deadlineMs);
}

function turnOff(state: ExchangeState, userId: number): void {
  state.cancelDeadlines.delete(userId);
  state.cancelQueue.delete(keyOf(userId));
}

/**
 * Cancels the orders of the users whose deadline has come, earliest first, then by user: before anything else of the command.
 * Conditions stay, and the switch is off then.
 */
export function actOnDeadlines(step: Step): void {
  const { state, timeMs } = step;
  for (let key = state.cancelQueue.takeDue(timeMs); key !== undefined; key = state.cancelQueue.takeDue(timeMs)) {
    const userId = Number(key);
    const keepReduceOnly = state.cancelDeadlines.get(userId)?.keepReduceOnly === true;
    state.cancelDeadlines.delete(userId);
    cancelAllOrders(step, userId, { wanted: (order) => !(keepReduceOnly && order.reduceOnly) });
  }
}

/** Padded, so that keys sort as the ids do. */
const keyOf = (userId: number): string => String(userId).padStart(16, '0');
