import type { Command, SubOrder } from '../../command.ts';
import { everyCommand } from '../../testing/every-command.ts';
import type { RefusedCase, Scene } from '../../testing/furnished-scene.ts';
import { BTC } from '../../testing/index.ts';
import { restrict, testRefusals, whileNothingOpens } from '../../testing/refusals.ts';

type Legs = [SubOrder, SubOrder, SubOrder];

const EXIT = { stopPrice: 580_000, workingType: 'CONTRACT_PRICE' };
const TRAILING = { type: 'TRAILING_STOP', price: 0, stopPrice: 0, callbackRate: 5 };

/** The OTOCO of the furnished venue with other sub-orders. */
function otoco({ venue, like }: Scene, change: (legs: Legs) => readonly SubOrder[]): Command {
  const { strategy } = everyCommand(venue.timeMs)['place-strategy'][0] as Extract<Command, { type: 'place-strategy' }>;
  return like('place-strategy', {}, { strategy: { subOrders: change([...strategy.subOrders] as Legs) } });
}

/** A sub-order whose order or condition has other parts. */
const changed = (each: SubOrder, parts: object): SubOrder =>
  each.order === undefined
    ? ({ ...each, condition: { ...each.condition, ...parts } } as SubOrder)
    : ({ ...each, order: { ...each.order, ...parts } } as SubOrder);

const CASES: Readonly<Record<string, readonly RefusedCase[]>> = {
  conditions: [
    [
      'a symbol that is not there',
      ({ like }) => like('place-condition', {}, { condition: { symbol: 'NONE' } }),
      'SYMBOL_NOT_TRADING',
      { field: 'symbol', value: 'NONE', rule: 'no such symbol' },
    ],
    [
      'a condition beside its own close',
      ({ like }) => like('place-condition', {}, { condition: { closePosition: true } }),
      'CLOSE_POSITION_CONFLICT',
      { field: 'closePosition', rule: 'takes the whole position: leave out quantity and reduceOnly' },
    ],
    [
      'a trigger above the highest price',
      ({ like }) => like('place-condition', {}, { condition: { stopPrice: 10_000_001 } }),
      'STOP_PRICE_INVALID',
      { field: 'stopPrice', value: '1000000.1', rule: 'must be at most 1000000' },
    ],
    [
      'a limit above the highest price',
      ({ like }) => like('place-condition', {}, { condition: { price: 10_000_001 } }),
      'OUT_OF_RANGE',
      { field: 'price', value: '1000000.1', rule: 'must be at most 1000000' },
    ],
    [
      'an activation above the highest price',
      ({ like }) => like('place-condition', {}, { condition: { ...TRAILING, activatePrice: 10_000_001 } }),
      'ACTIVATE_PRICE_INVALID',
      { field: 'activatePrice', value: '1000000.1', rule: 'must be at most 1000000' },
    ],
    [
      'an activation of a sell at the price',
      ({ like }) => like('place-condition', {}, { condition: { ...TRAILING, side: 'SELL', activatePrice: 600_000 } }),
      'ACTIVATE_PRICE_INVALID',
      { field: 'activatePrice', boundTicks: 600_000, rule: 'must be above the price' },
    ],
    [
      'a condition above the largest limit order',
      ({ like }) => like('place-condition', {}, { condition: { quantity: 100_001 } }),
      'CONDITION_QUANTITY_INVALID',
      { field: 'quantity', value: '100.001', rule: 'at most 100' },
    ],
    [
      'a condition above the largest market order',
      ({ like }) => like('place-condition', {}, { condition: { ...TRAILING, quantity: 50_001 } }),
      'CONDITION_QUANTITY_INVALID',
      { field: 'quantity', value: '50.001', rule: 'at most 50' },
    ],
    [
      'a condition worth too little',
      ({ like }) => like('place-condition', {}, { condition: { price: 49_999, quantity: 1 } }),
      'CONDITION_QUANTITY_INVALID',
      { field: 'quantity', value: '0.001', rule: 'price x quantity must be at least 5 USDT' },
    ],
    [
      'a rate below the lowest',
      ({ like }) => like('place-condition', {}, { condition: { ...TRAILING, callbackRate: 0 } }),
      'CALLBACK_RATE_INVALID',
      { field: 'callbackRate', rule: 'must be 0.1 to 10 percent with at most one decimal' },
    ],
    [
      'a reduce-only condition that opens',
      ({ venue, like }) => {
        venue.ok(like('adjust-wallet', { userId: 3, amount: 10n ** 12n }));
        return like(
          'place-condition',
          { actor: { userId: 3 } },
          { condition: { positionSide: 'LONG', reduceOnly: true } },
        );
      },
      'NOTHING_TO_REDUCE',
      { field: 'reduceOnly', rule: 'BUY opens a LONG position' },
    ],
    [
      'nothing to close',
      ({ like }) => like('place-condition', {}, { condition: { timeInForce: 'GTE_GTC' } }),
      'NOTHING_TO_REDUCE',
      { field: 'side', value: 'BUY', rule: 'there is no position to close' },
    ],
    [
      'the side that does not close',
      ({ like }) => like('place-condition', {}, { condition: { symbol: 'ETHUSDT', timeInForce: 'GTE_GTC' } }),
      'TIME_IN_FORCE_NOT_ALLOWED',
      { field: 'side', value: 'BUY', rule: 'GTE_GTC needs the side that closes the position' },
    ],
    [
      'the side that does not close, of a whole position',
      ({ like }) =>
        like(
          'place-condition',
          {},
          { condition: { symbol: 'ETHUSDT', type: 'STOP_MARKET', price: 0, quantity: 0, closePosition: true } },
        ),
      'TIME_IN_FORCE_NOT_ALLOWED',
      { field: 'side', value: 'BUY', rule: 'closePosition needs the side that closes the position' },
    ],
    ...whileNothingOpens('place-condition'),
    [
      'a condition below the smallest quantity',
      ({ venue, like }) => {
        venue.ok({ type: 'configure-symbol', parameters: { ...BTC, minQuantity: 11 as typeof BTC.minQuantity } });
        venue.prices({ BTCUSDT: '60000', ETHUSDT: '60000' });
        return like('place-condition');
      },
      'CONDITION_QUANTITY_INVALID',
      { field: 'quantity', value: '0.01', rule: 'at least 0.011' },
    ],
    [
      'cancelling by two references to different ones',
      ({ like }) =>
        like('cancel-condition', { condition: { symbol: 'BTCUSDT', conditionId: 2, clientOrderId: 'stop' } }),
      'ORDER_NOT_FOUND',
      { rule: 'the id and the clientOrderId are not of one condition order' },
    ],
    [
      'cancelling by a name that there is not',
      ({ like }) =>
        like('cancel-condition', { condition: { symbol: 'BTCUSDT', conditionId: 1, clientOrderId: 'none' } }),
      'ORDER_NOT_FOUND',
      { rule: 'the id and the clientOrderId are not of one condition order' },
    ],
    [
      'cancelling one of another symbol',
      ({ like }) => like('cancel-condition', { condition: { symbol: 'ETHUSDT', conditionId: 1 } }),
      'ORDER_NOT_FOUND',
      { field: 'symbol', value: 'ETHUSDT', rule: 'the condition order is one of BTCUSDT' },
    ],
    [
      'cancelling one of somebody else',
      ({ like }) =>
        like('cancel-condition', { actor: { userId: 2 }, condition: { symbol: 'BTCUSDT', conditionId: 1 } }),
      'ORDER_NOT_FOUND',
      { rule: 'no such condition order in the last 24 h' },
    ],
    [
      'cancelling none',
      ({ like }) => like('cancel-condition', { condition: { symbol: 'BTCUSDT', conditionId: 99 } }),
      'ORDER_NOT_FOUND',
      { rule: 'no such condition order in the last 24 h' },
    ],
    [
      'cancelling one that has ended',
      ({ venue, like }) => {
        venue.ok(like('cancel-condition'));
        return like('cancel-condition');
      },
      'ORDER_NOT_CANCELABLE',
      { conditionId: 1, status: 'CANCELLED', rule: 'the condition order has ended' },
    ],
    [
      'cancelling one whose order is open',
      ({ venue, like }) => {
        venue.ok(like('place-condition', {}, { condition: { price: 600_000, stopPrice: 601_000 } }));
        venue.prices({ BTCUSDT: '60100' });
        return like('cancel-condition', { condition: { symbol: 'BTCUSDT', conditionId: 2 } });
      },
      'ORDER_NOT_CANCELABLE',
      { conditionId: 2, status: 'TRIGGERED', rule: 'its order is open: cancel that' },
    ],
    [
      'cancelling in a symbol that is halted',
      ({ venue, like }) => {
        restrict(venue, 'HALTED');
        return like('cancel-condition');
      },
      'SYMBOL_NOT_TRADING',
      { field: 'symbol', value: 'BTCUSDT', rule: 'the symbol is HALTED' },
    ],
  ],
  strategies: [
    [
      'a symbol that is not there',
      (scene) => otoco(scene, (legs) => legs.map((each) => changed(each, { symbol: 'NONE' }))),
      'SYMBOL_NOT_TRADING',
      { field: 'subOrderList[0].symbol', value: 'NONE', rule: 'no such symbol' },
    ],
    [
      'a part that is nothing',
      (scene) =>
        otoco(scene, ([parent, one]) => [parent, one, { strategySubId: 3, firstDrivenId: 1, secondDrivenId: 2 }]),
      'STRATEGY_LEGS_INVALID',
      { field: 'subOrderList', rule: 'a sub-order is a normal or a condition order' },
    ],
    [
      'two symbols',
      (scene) => otoco(scene, ([parent, one, other]) => [parent, one, changed(other, { symbol: 'ETHUSDT' })]),
      'STRATEGY_LEGS_INVALID',
      { field: 'subOrderList', rule: 'all sub-orders have the same symbol' },
    ],
    [
      'a parent without a quantity of its own',
      (scene) =>
        otoco(scene, ([parent, ...pair]) => [
          changed(parent, { closePosition: true, reduceOnly: undefined, quantity: 0 }),
          ...pair,
        ]),
      'STRATEGY_LEGS_INVALID',
      { field: 'subOrderList', rule: 'the first sub-order has a quantity of its own' },
    ],
    [
      'a parent with exits',
      (scene) => otoco(scene, ([parent, ...pair]) => [changed(parent, { stopLoss: EXIT }), ...pair]),
      'STRATEGY_LEGS_INVALID',
      { field: 'subOrderList', rule: 'a sub-order has no takeProfit or stopLoss' },
    ],
    [
      'a leg with exits',
      (scene) => otoco(scene, ([parent, one, other]) => [parent, changed(one, { takeProfit: EXIT }), other]),
      'STRATEGY_LEGS_INVALID',
      { field: 'subOrderList', rule: 'a sub-order has no takeProfit or stopLoss' },
    ],
    [
      'a leg that does not rest',
      (scene) => otoco(scene, ([parent, one, other]) => [parent, changed(one, { timeInForce: 'IOC' }), other]),
      'STRATEGY_LEGS_INVALID',
      { field: 'subOrderList', rule: 'a dependent normal order is LIMIT, GTC, at a price of its own' },
    ],
    [
      'a leg at a price of the book',
      (scene) => otoco(scene, ([parent, one, other]) => [parent, changed(one, { priceType: 1 }), other]),
      'STRATEGY_LEGS_INVALID',
      { field: 'subOrderList', rule: 'a dependent normal order is LIMIT, GTC, at a price of its own' },
    ],
    [
      'a leg that takes the whole position',
      (scene) =>
        otoco(scene, ([parent, one, other]) => [
          parent,
          changed(one, { closePosition: true, reduceOnly: undefined, quantity: 0 }),
          other,
        ]),
      'STRATEGY_LEGS_INVALID',
      { field: 'subOrderList', rule: 'a dependent normal order has no closePosition' },
    ],
    [
      'two normal legs',
      (scene) => otoco(scene, ([parent, one]) => [parent, one, { ...one, strategySubId: 3 }]),
      'STRATEGY_LEGS_INVALID',
      { field: 'subOrderList', rule: 'at most one of a pair is a normal order' },
    ],
    [
      'two quantities',
      (scene) => otoco(scene, ([parent, one, other]) => [parent, one, changed(other, { quantity: 9 })]),
      'STRATEGY_LEGS_INVALID',
      { field: 'subOrderList', rule: 'both orders of a pair have the same quantity' },
    ],
    [
      'two sides',
      (scene) => otoco(scene, ([parent, one, other]) => [parent, changed(one, { side: 'BUY' }), other]),
      'STRATEGY_LEGS_INVALID',
      { field: 'subOrderList', rule: 'both orders of a pair have one side' },
    ],
    [
      'two position sides',
      (scene) => otoco(scene, ([parent, one, other]) => [parent, one, changed(other, { positionSide: 'LONG' })]),
      'STRATEGY_LEGS_INVALID',
      { field: 'subOrderList', rule: 'both orders of a pair have one side' },
    ],
    [
      'one id twice',
      (scene) => otoco(scene, ([parent, one, other]) => [parent, one, { ...other, strategySubId: 2 }]),
      'STRATEGY_DEPENDENCY_INVALID',
      { field: 'subOrderList', rule: 'strategySubId is above 0 and differs between the sub-orders' },
    ],
    [
      'an id of 0',
      (scene) => otoco(scene, ([parent, one, other]) => [parent, one, { ...other, strategySubId: 0 }]),
      'STRATEGY_DEPENDENCY_INVALID',
      { field: 'subOrderList', rule: 'strategySubId is above 0 and differs between the sub-orders' },
    ],
    [
      'a parent that depends',
      (scene) => otoco(scene, ([parent, ...pair]) => [{ ...parent, secondDrivenId: 2 }, ...pair]),
      'STRATEGY_DEPENDENCY_INVALID',
      { field: 'subOrderList', rule: 'the first sub-order depends on none' },
    ],
    [
      'a leg that depends on itself',
      (scene) => otoco(scene, ([parent, one, other]) => [parent, { ...one, secondDrivenId: 2 }, other]),
      'STRATEGY_DEPENDENCY_INVALID',
      { field: 'subOrderList', rule: 'a driven id names another sub-order that it can depend on, once' },
    ],
    [
      'legs that do not cancel each other',
      (scene) =>
        otoco(scene, ([parent, one, other]) => [
          parent,
          { ...one, secondDrivenId: 3, secondDrivenOn: 'CANCELED', secondTrigger: 'CANCEL_ORDER' },
          other,
        ]),
      'STRATEGY_DEPENDENCY_INVALID',
      { field: 'subOrderList', rule: 'the orders of a pair cancel each other: CANCEL_ORDER, on anything but CANCELED' },
    ],
    [
      'one name twice',
      (scene) => otoco(scene, ([parent, one, other]) => [parent, changed(one, { clientOrderId: 'id' }), other]),
      'DUPLICATE_CLIENT_ORDER_ID',
      { field: 'subOrderList[1].clientOrderId', value: 'id', rule: 'two sub-orders have the same' },
    ],
    [
      'a one-way parent of a hedge leg',
      (scene) =>
        otoco(scene, ([parent, ...pair]) => [parent, ...pair.map((each) => changed(each, { positionSide: 'LONG' }))]),
      'POSITION_SIDE_CONFLICT',
      {
        field: 'subOrderList[1].positionSide',
        value: 'LONG',
        rule: 'the sub-orders of a strategy are all one-way or all hedge',
      },
    ],
  ],
};

testRefusals(CASES);
