import type { PriceTicks, QuantitySteps } from '@openvenue/money';
import type { AttachedExit, Command, NewCondition, NewOrder, NewStrategy, SubOrder } from '../command.ts';
import type { Core } from '../core.ts';
import type { ConditionType, DrivenOn, PositionSide, Side } from '../exchange/enums.ts';
import type { SeededRandom } from './random.ts';

/** Where random commands act: a symbol, and the prices around which they do. */
export interface RandomPlace {
  readonly userId: number;
  readonly symbol: string;
  readonly center: number;
  readonly spreadTicks: number;
  /** Whether to act on hedge legs. */
  readonly hedges: boolean;
}

const TYPES: readonly ConditionType[] = [
  'STOP_MARKET',
  'STOP_LIMIT',
  'TAKE_PROFIT_MARKET',
  'TAKE_PROFIT_LIMIT',
  'TRAILING_STOP',
];

/** The next command of someone who uses condition orders, strategies and the dead man's switch, rightly and wrongly. */
export function randomConditionCommand(core: Core, random: SeededRandom, at: RandomPlace): Command {
  const actor = { userId: at.userId };
  const dice = random.integer(0, 99);
  if (dice < 50) return { type: 'place-condition', actor, condition: randomCondition(random, at) };
  if (dice < 62) {
    const open = core.exchange.openConditions(at.userId, at.symbol);
    const conditionId =
      open.length > 0 && random.chance(9, 10) ? random.pick(open).conditionId : random.integer(1, 500);
    return { type: 'cancel-condition', actor, condition: { symbol: at.symbol, conditionId } };
  }
  if (dice < 92) return { type: 'place-strategy', actor, strategy: randomStrategy(random, at) };
  if (dice < 95)
    return { type: 'cancel-all-orders', actor, symbol: at.symbol, cancelType: random.pick([0, 1, 2] as const) };
  return {
    type: 'cancel-all-after',
    actor,
    timeoutMs: random.pick([0, 0, 500, 1_000, 5_000]),
    keepReduceOnly: random.chance(1, 2),
  };
}

/** An exit that mostly lies on the right side of the center. */
export function randomExit(random: SeededRandom, at: RandomPlace, above: boolean): AttachedExit {
  const away = random.integer(-5, at.spreadTicks);
  const price = (at.center + (above ? away : -away)) as PriceTicks;
  return {
    stopPrice: price,
    workingType: random.pick(['MARK_PRICE', 'CONTRACT_PRICE'] as const),
    ...(random.chance(1, 3) ? { price } : {}),
  };
}

const randomPositionSide = (random: SeededRandom, { hedges }: RandomPlace): PositionSide =>
  hedges ? random.pick(['LONG', 'SHORT'] as const) : 'BOTH';

const nearby = (random: SeededRandom, at: RandomPlace): PriceTicks =>
  (at.center + random.integer(-at.spreadTicks, at.spreadTicks)) as PriceTicks;

function randomCondition(random: SeededRandom, at: RandomPlace, changes: Partial<NewCondition> = {}): NewCondition {
  const type = random.pick(TYPES);
  const trailing = type === 'TRAILING_STOP';
  const closePosition = random.chance(1, 8);
  const bound = random.chance(1, 4);
  return {
    symbol: at.symbol,
    type,
    side: random.pick(['BUY', 'SELL'] as const),
    positionSide: randomPositionSide(random, at),
    price: type === 'STOP_LIMIT' || type === 'TAKE_PROFIT_LIMIT' ? nearby(random, at) : (0 as PriceTicks),
    quantity: (closePosition ? 0 : random.integer(1, 40)) as QuantitySteps,
    stopPrice: trailing ? (0 as PriceTicks) : nearby(random, at),
    workingType: random.pick(['MARK_PRICE', 'CONTRACT_PRICE'] as const),
    timeInForce: bound ? 'GTE_GTC' : random.pick(['GTC', 'GTC', 'GTC', 'IOC', 'FOK'] as const),
    selfTradePrevention: random.pick(['CANCEL_MAKER', 'CANCEL_TAKER', 'CANCEL_BOTH'] as const),
    ...(random.chance(1, 4) ? { priceProtect: true } : {}),
    ...(trailing ? { callbackRate: random.pick([0, 1, 1, 2, 3, 101]) } : {}),
    ...(trailing && random.chance(1, 2) ? { activatePrice: nearby(random, at) } : {}),
    ...(closePosition ? { closePosition } : random.chance(1, 3) ? { reduceOnly: true } : {}),
    ...(random.chance(1, 4) ? { clientOrderId: `c${random.integer(1, 5_000)}` } : {}),
    ...changes,
  };
}

function randomLimit(random: SeededRandom, at: RandomPlace, changes: Partial<NewOrder>): NewOrder {
  return {
    symbol: at.symbol,
    type: 'LIMIT',
    side: 'BUY',
    positionSide: randomPositionSide(random, at),
    price: nearby(random, at),
    quantity: random.integer(1, 40) as QuantitySteps,
    timeInForce: 'GTC',
    ...(random.chance(1, 6) ? { clientOrderId: `c${random.integer(1, 5_000)}` } : {}),
    ...changes,
  };
}

const INDEPENDENT = { firstDrivenId: 0, secondDrivenId: 0 } as const;

/** A strategy of any kind, mostly a valid one. */
export function randomStrategy(random: SeededRandom, at: RandomPlace): NewStrategy {
  const strategyType = random.pick(['OTO', 'OCO', 'OTOCO', 'OTOCO'] as const);
  const side = random.pick<Side>(['BUY', 'SELL']);
  const closing: Side = side === 'BUY' ? 'SELL' : 'BUY';
  const drivenOn = (): DrivenOn => random.pick(['PARTIALLY_FILLED_OR_FILLED', 'FILLED'] as const);
  const quantity = (strategyType !== 'OCO' && random.chance(1, 2) ? 0 : random.integer(1, 30)) as QuantitySteps;
  // Mostly the leg that the first order opens; now and then of the other kind.
  const opened: PositionSide = side === 'BUY' ? 'LONG' : 'SHORT';
  const positionSide: PositionSide = at.hedges ? (random.chance(5, 6) ? opened : 'SHORT') : 'BOTH';
  const legSide = random.chance(1, 30) ? 'LONG' : positionSide;
  const reduces = { positionSide: legSide, ...(random.chance(2, 3) ? { reduceOnly: true } : {}) };
  const leg = (strategySubId: number): SubOrder => ({
    strategySubId,
    ...(strategyType === 'OCO'
      ? INDEPENDENT
      : { ...INDEPENDENT, firstDrivenId: 1, firstDrivenOn: drivenOn(), firstTrigger: 'PLACE_ORDER' }),
    ...(strategySubId === 2 && random.chance(1, 2)
      ? { order: randomLimit(random, at, { side: closing, quantity, ...reduces }) }
      : { condition: conditionLeg(random, at, { side: closing, quantity, ...reduces }) }),
  });
  const parent: SubOrder = {
    strategySubId: 1,
    ...INDEPENDENT,
    ...(random.chance(1, 5)
      ? {
          condition: randomCondition(random, at, {
            side,
            positionSide,
            timeInForce: 'GTC',
            closePosition: false,
            quantity: 20 as QuantitySteps,
          }),
        }
      : { order: randomLimit(random, at, { side, positionSide }) }),
  };
  const legs = strategyType === 'OTO' ? [leg(2)] : strategyType === 'OCO' ? [leg(2), leg(1)] : [leg(2), leg(3)];
  return { strategyType, subOrders: strategyType === 'OCO' ? legs : [parent, ...legs] };
}

/** A leg closes the whole position now and then, when no quantity bounds it. */
function conditionLeg(random: SeededRandom, at: RandomPlace, changes: Partial<NewCondition>): NewCondition {
  const { reduceOnly: _own, ...condition } = randomCondition(random, at, { ...changes, closePosition: false });
  if (changes.quantity === 0 && random.chance(1, 4)) return { ...condition, closePosition: true };
  return { ...condition, ...(changes.reduceOnly === true ? { reduceOnly: true } : {}) };
}
