import type { PriceTicks } from '@openvenue/money';
import type { ConditionType, Side } from '../enums.ts';

/** What a price is held against: the part of a condition order that the trigger index knows. */
export interface Trigger {
  readonly conditionId: number;
  readonly type: ConditionType;
  readonly side: Side;
  /** 0 for TRAILING_STOP. */
  readonly stopPrice: PriceTicks;
  readonly priceProtect: boolean;
  /** 0: a trailing stop that is active from the first price on. */
  readonly activatePrice: PriceTicks;
  /** Tenths of a percent; 0 but for TRAILING_STOP. */
  readonly callbackRate: number;
  /** Of a trailing stop as it left the trigger index; while it is there the index knows it. */
  watermark: PriceTicks;
}

export const isTrailing = ({ type }: Pick<Trigger, 'type'>): boolean => type === 'TRAILING_STOP';

export const isTakeProfit = ({ type }: Pick<Trigger, 'type'>): boolean =>
  type === 'TAKE_PROFIT_MARKET' || type === 'TAKE_PROFIT_LIMIT';

/** Whether prices at or above the trigger fire it; else those at or below (CND-1). A trailing stop is a stop. */
export const firesAbove = (trigger: Pick<Trigger, 'type' | 'side'>): boolean =>
  isTakeProfit(trigger) === (trigger.side === 'SELL');
