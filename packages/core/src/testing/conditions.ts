import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import type { NewCondition, NewStrategy } from '../command.ts';
import type { Outcome } from '../core.ts';
import type { ConditionRecord, StrategyRecord } from '../event.ts';
import type { ConditionType, Side } from '../exchange/enums.ts';
import type { Reply } from '../reply.ts';
import type { TestVenue } from './test-venue.ts';

/** A condition as tests write it: decimals as text, a STOP_MARKET on the mark unless said otherwise. */
export interface TestCondition {
  readonly symbol?: string;
  readonly type?: ConditionType;
  readonly side: Side;
  readonly stop?: string;
  readonly price?: string;
  readonly quantity?: string;
  readonly activate?: string;
  readonly more?: Partial<NewCondition>;
}

export function newCondition(venue: TestVenue, request: TestCondition): NewCondition {
  const symbol = request.symbol ?? 'BTCUSDT';
  const ticks = (price: string | undefined): PriceTicks =>
    price === undefined ? (0 as PriceTicks) : venue.ticks(symbol, price);
  return {
    symbol,
    type: request.type ?? 'STOP_MARKET',
    side: request.side,
    positionSide: 'BOTH',
    price: ticks(request.price),
    quantity: request.quantity === undefined ? (0 as QuantitySteps) : venue.steps(symbol, request.quantity),
    stopPrice: ticks(request.stop),
    workingType: 'MARK_PRICE',
    timeInForce: 'GTC',
    ...(request.activate === undefined ? {} : { activatePrice: ticks(request.activate) }),
    ...request.more,
  };
}

export const placeCondition = (venue: TestVenue, userId: number, request: TestCondition): Outcome =>
  venue.run({ type: 'place-condition', actor: { userId }, condition: newCondition(venue, request) });

/** Places a condition that must be accepted; returns its id. */
export function placedCondition(venue: TestVenue, userId: number, request: TestCondition): number {
  const condition = newCondition(venue, request);
  const { reply } = venue.ok({ type: 'place-condition', actor: { userId }, condition });
  return (reply as Extract<Reply, { kind: 'condition' }>).condition.conditionId;
}

/** A condition that must be known. */
export function conditionOf(venue: TestVenue, userId: number, conditionId: number): ConditionRecord {
  const condition = venue.core.exchange.condition(userId, { conditionId });
  if (condition === undefined) throw new Error(`no condition ${conditionId}`);
  return condition;
}

/** Places a strategy that must be accepted; returns its id. */
export function placedStrategy(venue: TestVenue, userId: number, strategy: NewStrategy): number {
  const { reply } = venue.ok({ type: 'place-strategy', actor: { userId }, strategy });
  return (reply as Extract<Reply, { kind: 'strategy' }>).strategy.strategyId;
}

/** A strategy that must be known. */
export function strategyOf(venue: TestVenue, userId: number, strategyId: number): StrategyRecord {
  const strategy = venue.core.exchange.strategy(userId, strategyId);
  if (strategy === undefined) throw new Error(`no strategy ${strategyId}`);
  return strategy;
}
