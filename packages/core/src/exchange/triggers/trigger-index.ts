import type { PriceTicks } from '@openvenue/money';
import type { Trigger } from './trigger.ts';

/** What one price has done. */
export interface Tested {
  /** Trailing stops that it has activated, by id. */
  readonly activated: readonly Trigger[];
  /** Conditions that it has met, in the order in which they fire (CND-6); they have left the index. */
  readonly met: readonly Trigger[];
}

/** What a price may do: nothing fires where orders may not, and a held-back one keeps those that ask for price protection. */
export interface Allowed {
  readonly fires: boolean;
  readonly heldBack: boolean;
}

/**
 * The conditions of one market that wait for one kind of price. Pure bookkeeping: it changes nothing of a condition but the
 * watermark as a trailing stop leaves.
 */
export interface TriggerIndex {
  readonly size: number;
  /** Adds a condition: an active trailing stop with its watermark, else without one. */
  add(condition: Trigger, watermark?: PriceTicks): void;
  /** Takes a condition out. */
  remove(condition: Trigger): void;
  /** Extreme of the prices since an active trailing stop's activation; 0 for any other. */
  watermark(condition: Trigger): PriceTicks;
  /** Takes a price: watermarks first, then activations, then what it meets (CND-2). */
  test(price: PriceTicks, allowed: Allowed): Tested;
}

export const NOTHING_MET: Tested = Object.freeze({ activated: [], met: [] });

/** A trailing stop without an activation price is active from the first price on. */
export const activationOf = ({ side, activatePrice }: Trigger): number =>
  activatePrice !== 0 ? activatePrice : side === 'SELL' ? 0 : Number.MAX_SAFE_INTEGER;

/** Sorts what one price has met: furthest past the trigger first, then by id (CND-6). */
export function inFiringOrder(
  met: readonly Trigger[],
  at: { readonly price: PriceTicks; readonly triggerOf: (condition: Trigger) => number },
): Trigger[] {
  const distance = new Map(met.map((condition) => [condition, Math.abs(at.price - at.triggerOf(condition))]));
  return [...met].sort((a, b) => {
    const further = (distance.get(b) as number) - (distance.get(a) as number);
    return further !== 0 ? further : a.conditionId - b.conditionId;
  });
}
