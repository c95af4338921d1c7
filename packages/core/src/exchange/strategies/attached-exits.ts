import { formatOnGrid, type PriceTicks, type QuantitySteps } from '@openvenue/money';
import type { AttachedExit, NewCondition, NewOrder } from '../../command.ts';
import { type Rejected, reject } from '../../reject.ts';
import type { Account } from '../accounts/account.ts';
import type { AttachedExits } from '../admission/candidate.ts';
import { openCondition } from '../conditions/condition-lifecycle.ts';
import { conditionRoomFault, strategyRoomFault } from '../conditions/condition-limits.ts';
import { opposite } from '../enums.ts';
import type { Market } from '../symbols/market.ts';
import type { Leg } from './strategy.ts';
import { openStrategy } from './strategy-lifecycle.ts';

type ExitName = 'takeProfit' | 'stopLoss';

/** The take profit and stop loss that come with an order: they make it the parent of an OTO or OTOCO (CND-9). */
export function attachedExits(
  request: NewOrder,
  { account, market }: { readonly account: Account; readonly market: Market },
): AttachedExits | undefined {
  if (request.takeProfit === undefined && request.stopLoss === undefined) return undefined;
  const exits = (['takeProfit', 'stopLoss'] as const).flatMap((name) => {
    const exit = request[name];
    return exit === undefined ? [] : [{ name, exit }];
  });
  return {
    grid: (price) => first(exits, ({ name, exit }) => exitFault(market, { request, name, exit, price })),
    room: () => conditionRoomFault(account, market, exits.length) ?? strategyRoomFault(account, market),
    open: (step, order) => {
      const { userId } = order;
      const pair = exits.map(({ name, exit }, at): Leg => {
        const terms = conditionOf(request, name, exit);
        const condition = openCondition(step, terms, { userId, market, strategyId: order.strategyId });
        return { ...EMPTY_LEG, subId: at + 2, drivenOn: 'PARTIALLY_FILLED_OR_FILLED', condition };
      });
      openStrategy(step, {
        userId,
        market,
        type: exits.length === 1 ? 'OTO' : 'OTOCO',
        openingOnly: true,
        parent: { ...EMPTY_LEG, subId: 1, drivenOn: undefined, order },
        pair,
        filled: 0,
      });
      for (const { condition } of pair) if (condition !== undefined) step.conditionUpdated(condition);
    },
  };
}

const EMPTY_LEG = { bound: 0, condition: undefined, order: undefined, executed: 0, sizedFor: 0, writtenOff: 0 };

function exitFault(
  { parameters: { tickSize, maxPrice } }: Market,
  at: { readonly request: NewOrder; readonly name: ExitName; readonly exit: AttachedExit; readonly price: PriceTicks },
): Rejected | undefined {
  const { name, exit, price } = at;
  if (exit.gridFault !== undefined) {
    const { field, value, below, above } = exit.gridFault;
    return reject(field === 'price' ? 'OFF_GRID' : 'STOP_PRICE_INVALID', {
      field: `${name}.${field}`,
      value,
      below,
      above,
      rule: 'must be a multiple of tickSize',
    });
  }
  const written = (ticks: number): string => formatOnGrid(ticks, tickSize);
  if (exit.price !== undefined && (exit.price === 0 || exit.price > maxPrice)) {
    const rule = `must be above 0 and at most ${written(maxPrice)}`;
    return reject('OUT_OF_RANGE', { field: `${name}.price`, value: written(exit.price), rule });
  }
  const above = (name === 'takeProfit') === (at.request.side === 'BUY');
  const { stopPrice } = exit;
  if (stopPrice > 0 && stopPrice <= maxPrice && (above ? stopPrice > price : stopPrice < price)) return undefined;
  return reject('STOP_PRICE_INVALID', {
    field: `${name}.stopPrice`,
    value: written(stopPrice),
    boundTicks: price,
    rule: above ? "must be above the order's price" : "must be below the order's price and above 0",
  });
}

function conditionOf(request: NewOrder, name: ExitName, exit: AttachedExit): NewCondition {
  const limit = exit.price !== undefined;
  return {
    symbol: request.symbol,
    type:
      name === 'takeProfit'
        ? limit
          ? 'TAKE_PROFIT_LIMIT'
          : 'TAKE_PROFIT_MARKET'
        : limit
          ? 'STOP_LIMIT'
          : 'STOP_MARKET',
    side: opposite(request.side),
    positionSide: request.positionSide,
    price: exit.price ?? (0 as PriceTicks),
    quantity: 0 as QuantitySteps,
    stopPrice: exit.stopPrice,
    workingType: exit.workingType,
    timeInForce: 'GTE_GTC',
    reduceOnly: true,
    ...(request.selfTradePrevention === undefined ? {} : { selfTradePrevention: request.selfTradePrevention }),
  };
}

function first<T>(items: readonly T[], fault: (item: T) => Rejected | undefined): Rejected | undefined {
  for (const item of items) {
    const found = fault(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
