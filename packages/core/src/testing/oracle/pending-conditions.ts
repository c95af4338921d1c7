import type { ConditionRecord } from '../../event.ts';
import type { ConditionType } from '../../exchange/enums.ts';

/** The conditions that wait for a price, as their events tell them. */
export class PendingConditions {
  readonly #types = new Map<number, ConditionType>();
  readonly #pending = new Map<number, Map<number, ConditionRecord>>();

  take(record: ConditionRecord): void {
    const { conditionId, userId } = record;
    this.#types.set(conditionId, record.type);
    const own = this.#pending.get(userId) ?? new Map<number, ConditionRecord>();
    this.#pending.set(userId, own);
    if (record.status === 'PENDING') own.set(conditionId, record);
    else own.delete(conditionId);
  }

  typeOf(conditionId: number): ConditionType | undefined {
    return this.#types.get(conditionId);
  }

  /** Those that end with their position (CND-5). */
  boundOf(userId: number): ConditionRecord[] {
    const own = [...(this.#pending.get(userId)?.values() ?? [])];
    return own.filter(({ closePosition, timeInForce }) => closePosition || timeInForce === 'GTE_GTC');
  }
}
