import type { PriceTicks } from '@openvenue/money';
import type { Side } from '../enums.ts';
import { firingTick } from './firing-tick.ts';
import { TrailingStops } from './trailing-stops.ts';
import { firesAbove, isTrailing, type Trigger } from './trigger.ts';
import { TriggerHeap } from './trigger-heap.ts';
import {
  type Allowed,
  activationOf,
  inFiringOrder,
  NOTHING_MET,
  type Tested,
  type TriggerIndex,
} from './trigger-index.ts';

/** Conditions that fire alike: all that ask for price protection, or all that do not. */
class Triggers {
  readonly up = new TriggerHeap('up');
  readonly down = new TriggerHeap('down');
  readonly buy = new TrailingStops('BUY');
  readonly sell = new TrailingStops('SELL');

  heapOf(condition: Trigger): TriggerHeap {
    return firesAbove(condition) ? this.up : this.down;
  }

  trailing(side: Side): TrailingStops {
    return side === 'BUY' ? this.buy : this.sell;
  }

  raise(price: PriceTicks): void {
    this.buy.raise(price);
    this.sell.raise(price);
  }

  take(price: PriceTicks, into: Trigger[]): void {
    this.up.take(price, into);
    this.down.take(price, into);
    this.buy.take(price, into);
    this.sell.take(price, into);
  }
}

/** A {@link TriggerIndex} in which a price costs O(log n) for each condition that it meets, and O(1) for all others. */
export class FastTriggers implements TriggerIndex {
  readonly #free = new Triggers();
  readonly #protected = new Triggers();
  /** Trailing stops that wait to be active: a SELL for prices at or above, a BUY for those at or below. */
  readonly #activateUp = new TriggerHeap('up');
  readonly #activateDown = new TriggerHeap('down');
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(condition: Trigger, watermark?: PriceTicks): void {
    const triggers = this.#triggersOf(condition);
    if (!isTrailing(condition)) triggers.heapOf(condition).add(condition, condition.stopPrice);
    else if (watermark !== undefined) triggers.trailing(condition.side).add(condition, watermark);
    else this.#activation(condition.side).add(condition, activationOf(condition));
    this.#size++;
  }

  remove(condition: Trigger): void {
    const triggers = this.#triggersOf(condition);
    const gone = isTrailing(condition)
      ? triggers.trailing(condition.side).remove(condition) || this.#activation(condition.side).remove(condition)
      : triggers.heapOf(condition).remove(condition);
    if (gone) this.#size--;
  }

  watermark(condition: Trigger): PriceTicks {
    return this.#triggersOf(condition).trailing(condition.side).watermark(condition) ?? (0 as PriceTicks);
  }

  test(price: PriceTicks, { fires, heldBack }: Allowed): Tested {
    if (this.#size === 0) return NOTHING_MET;
    this.#free.raise(price);
    this.#protected.raise(price);
    const activated: Trigger[] = [];
    this.#activateUp.take(price, activated);
    this.#activateDown.take(price, activated);
    if (activated.length > 1) activated.sort((a, b) => a.conditionId - b.conditionId);
    for (const condition of activated) this.#triggersOf(condition).trailing(condition.side).add(condition, price);
    if (!fires) return activated.length === 0 ? NOTHING_MET : { activated, met: [] };
    const met: Trigger[] = [];
    this.#free.take(price, met);
    if (!heldBack) this.#protected.take(price, met);
    this.#size -= met.length;
    if (met.length === 0 && activated.length === 0) return NOTHING_MET;
    const triggerOf = (condition: Trigger): number =>
      isTrailing(condition)
        ? firingTick(condition.side, condition.watermark, condition.callbackRate)
        : condition.stopPrice;
    return { activated, met: met.length < 2 ? met : inFiringOrder(met, { price, triggerOf }) };
  }

  #triggersOf(condition: Trigger): Triggers {
    return condition.priceProtect ? this.#protected : this.#free;
  }

  #activation(side: Side): TriggerHeap {
    return side === 'SELL' ? this.#activateUp : this.#activateDown;
  }
}
