import type { ConditionRecord } from '../../event.ts';
import type { ConditionType } from '../../exchange/enums.ts';

/** The conditions that wait for a price, as their events tell them. */
export class PendingConditions {
  readonly #types = new Map<number, ConditionType>();
  /** Those that end with their position (CND-5), by user. */
  readonly #bound = new Map<number, Map<number, ConditionRecord>>();

  take(record: ConditionRecord): void {
    const { conditionId, userId } = record;
    this.#types.set(conditionId, record.type);
    if (!record.closePosition && record.timeInForce !== 'GTE_GTC') return;
    const own = this.#bound.get(userId) ?? new Map<number, ConditionRecord>();
    this.#bound.set(userId, own);
    if (record.status === 'PENDING') own.set(conditionId, record);
    else own.delete(conditionId);
  }

  typeOf(conditionId: number): ConditionType | undefined {
    return this.#types.get(conditionId);
  }

  boundOf(userId: number): Iterable<ConditionRecord> {
    return this.#bound.get(userId)?.values() ?? [];
  }
}
