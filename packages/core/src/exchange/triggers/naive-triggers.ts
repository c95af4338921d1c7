import type { PriceTicks } from '@openvenue/money';
import type { Trigger } from './trigger.ts';
import type { Allowed, Tested, TriggerIndex } from './trigger-index.ts';

/**
 * A {@link TriggerIndex} that looks at every condition at every price, straight from the text of the rules: the oracle that the
 * fast one is held against. Nothing of it is shared with the fast one.
 */
export class NaiveTriggers implements TriggerIndex {
  readonly #conditions: Trigger[] = [];
  readonly #watermarks = new Map<Trigger, PriceTicks>();

  get size(): number {
    return this.#conditions.length;
  }

  add(condition: Trigger, watermark?: PriceTicks): void {
    this.#conditions.push(condition);
    if (watermark !== undefined) this.#watermarks.set(condition, watermark);
  }

  remove(condition: Trigger): void {
    const at = this.#conditions.indexOf(condition);
    if (at >= 0) this.#conditions.splice(at, 1);
    this.#watermarks.delete(condition);
  }

  watermark(condition: Trigger): PriceTicks {
    return this.#watermarks.get(condition) ?? (0 as PriceTicks);
  }

  test(price: PriceTicks, allowed: Allowed): Tested {
    const activated: Trigger[] = [];
    const met: { readonly condition: Trigger; readonly past: bigint }[] = [];
    for (const condition of [...this.#conditions].sort((a, b) => a.conditionId - b.conditionId)) {
      if (condition.type === 'TRAILING_STOP') this.#trail(condition, price, activated);
      if (!allowed.fires || (allowed.heldBack && condition.priceProtect)) continue;
      const past = this.#past(condition, price);
      if (past !== undefined) met.push({ condition, past });
    }
    for (const { condition } of met) {
      condition.watermark = this.watermark(condition);
      this.remove(condition);
    }
    met.sort((a, b) => {
      if (a.past !== b.past) return a.past > b.past ? -1 : 1;
      return a.condition.conditionId - b.condition.conditionId;
    });
    return { activated, met: met.map(({ condition }) => condition) };
  }

  #trail(condition: Trigger, price: PriceTicks, activated: Trigger[]): void {
    const { side, activatePrice } = condition;
    const watermark = this.#watermarks.get(condition);
    if (watermark !== undefined) {
      const extreme = side === 'SELL' ? Math.max(watermark, price) : Math.min(watermark, price);
      this.#watermarks.set(condition, extreme as PriceTicks);
    } else if (activatePrice === 0 || (side === 'SELL' ? price >= activatePrice : price <= activatePrice)) {
      this.#watermarks.set(condition, price);
      activated.push(condition);
    }
  }

  /** How far the price is past the trigger; undefined when it does not reach it. */
  #past(condition: Trigger, price: PriceTicks): bigint | undefined {
    const at = BigInt(price);
    const stop = BigInt(condition.stopPrice);
    const buys = condition.side === 'BUY';
    let past: bigint;
    switch (condition.type) {
      case 'STOP_MARKET':
      case 'STOP_LIMIT':
        past = buys ? at - stop : stop - at;
        break;
      case 'TAKE_PROFIT_MARKET':
      case 'TAKE_PROFIT_LIMIT':
        past = buys ? stop - at : at - stop;
        break;
      case 'TRAILING_STOP': {
        const watermark = this.#watermarks.get(condition);
        if (watermark === undefined) return undefined;
        const tenths = BigInt(condition.callbackRate);
        // The first whole tick at or beyond the exact trigger: BigInt division cuts off, so a BUY is brought up.
        past = buys
          ? at - (BigInt(watermark) * (1_000n + tenths) + 999n) / 1_000n
          : (BigInt(watermark) * (1_000n - tenths)) / 1_000n - at;
        break;
      }
    }
    return past >= 0n ? past : undefined;
  }
}
