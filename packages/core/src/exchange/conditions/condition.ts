import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import type { NewCondition } from '../../command.ts';
import type { ConditionRecord } from '../../event.ts';
import type { RejectReason } from '../../reject.ts';
import type {
  ConditionStatus,
  ConditionTimeInForce,
  OrderEndReason,
  PositionSide,
  SelfTradePrevention,
  WorkingType,
} from '../enums.ts';
import { closesHedge } from '../positions/position-side.ts';
import type { Market } from '../symbols/market.ts';
import { firingTick } from '../triggers/firing-tick.ts';
import { isTrailing, type Trigger } from '../triggers/trigger.ts';

/** A condition order, or one that ended at most 24 h ago. Only the exchange changes it. */
export interface Condition extends Trigger {
  readonly userId: number;
  readonly market: Market;
  readonly clientOrderId: string;
  readonly positionSide: PositionSide;
  /** Limit price of a *_LIMIT type, else 0. */
  readonly price: PriceTicks;
  /** 0 with `closePosition`. Of a strategy's leg that waits its own quantity, 0 when it has none and follows its parent. */
  quantity: QuantitySteps;
  readonly workingType: WorkingType;
  readonly timeInForce: ConditionTimeInForce;
  readonly reduceOnly: boolean;
  readonly closePosition: boolean;
  readonly selfTradePrevention: SelfTradePrevention;
  /** The strategy whose leg it is, 0 for none. */
  readonly strategyId: number;
  /** A strategy's leg that waits for its parent: it has no place in the trigger index. */
  waiting: boolean;
  status: ConditionStatus;
  /** Why it was rejected or ended without its user asking. */
  rejectReason: RejectReason | OrderEndReason | '';
  /** 0 until an order was accepted for it. */
  generatedOrderId: number;
  readonly createdAtMs: number;
  updatedAtMs: number;
}

/** Whether it still waits for a price or for its parent. */
export const isPending = ({ status }: Condition): boolean => status === 'PENDING' || status === 'PENDING_ACTIVATION';

export const hasEnded = ({ status }: Condition): boolean =>
  status === 'FIRED' || status === 'CANCELLED' || status === 'REJECTED';

/** Whether it is in its market's trigger index. */
export const isArmed = (condition: Condition): boolean => isPending(condition) && !condition.waiting;

type Terms = Pick<NewCondition, 'positionSide' | 'side' | 'reduceOnly' | 'closePosition' | 'timeInForce'>;

/** Whether it can do nothing but close (CND-5, POS-2): its order is reduce-only. */
export const onlyReduces = (condition: Terms): boolean =>
  condition.reduceOnly === true || isPositionBound(condition) || closesHedge(condition.positionSide, condition.side);

/** Whether it ends with its position (CND-5). */
export const isPositionBound = (condition: Pick<Terms, 'closePosition' | 'timeInForce'>): boolean =>
  condition.closePosition === true || condition.timeInForce === 'GTE_GTC';

/** Extreme of the prices since a trailing stop is active; 0 before. */
export const watermarkOf = (condition: Condition): PriceTicks =>
  isTrailing(condition) && isArmed(condition) && condition.status === 'PENDING'
    ? condition.market.triggers(condition.workingType).watermark(condition)
    : condition.watermark;

/** The first tick that fires it; 0 for a trailing stop that is not active yet (CND-2). */
export function triggerOf(condition: Condition): PriceTicks {
  if (!isTrailing(condition)) return condition.stopPrice;
  const watermark = watermarkOf(condition);
  return watermark === 0 ? watermark : firingTick(condition.side, watermark, condition.callbackRate);
}

/** An immutable copy of the condition as it stands now. */
export function conditionRecordOf(condition: Condition): ConditionRecord {
  return {
    conditionId: condition.conditionId,
    userId: condition.userId,
    symbol: condition.market.symbol,
    clientOrderId: condition.clientOrderId,
    type: condition.type,
    side: condition.side,
    positionSide: condition.positionSide,
    price: condition.price,
    quantity: condition.quantity,
    stopPrice: condition.stopPrice,
    workingType: condition.workingType,
    priceProtect: condition.priceProtect,
    activatePrice: condition.activatePrice,
    callbackRate: condition.callbackRate,
    watermark: watermarkOf(condition),
    triggerPrice: triggerOf(condition),
    timeInForce: condition.timeInForce,
    reduceOnly: condition.reduceOnly,
    closePosition: condition.closePosition,
    status: condition.status,
    rejectReason: condition.rejectReason,
    generatedOrderId: condition.generatedOrderId,
    strategyId: condition.strategyId,
    createdAtMs: condition.createdAtMs,
    updatedAtMs: condition.updatedAtMs,
  };
}
