import type { Amendment, Command, DepthView, NewOrder, OrderRecord, Side, SymbolView } from '@openvenue/core';
import { type PriceTicks, priceTicks, type QuantitySteps, quantitySteps } from '@openvenue/money';
import { fractionOf, keyOf, type Random } from '../random.ts';
import type { MarketReads } from './accounts.ts';
import { type LadderInputs, ladder, leastQuantity, type Quote, usdtPerStep } from './ladder.ts';
import { type Move, type Reconciled, reconcile } from './reconcile.ts';

/** Orders a maker amends in one symbol at one review; the retreats come first, the rest waits for the next. */
export const MAX_AMENDMENTS_PER_REVIEW = 10;
/** Largest batch a command takes. */
const BATCH = 20;
/** A maker's position in a symbol, in USDT: at the cap it quotes only the side that reduces it. */
export const MAKER_POSITION_CAP_USDT = 1_500_000;
/** How far a full position moves a maker's quotes, and how far its opinion wanders by itself. */
const FULL_SKEW_BP = 6;
const WANDER_UNITS = 0.5;
const WANDER_SECONDS = 20;
/** The best level's distance: a part of the usual move of a second, within these bounds. */
const UNIT_PER_VOLATILITY = 0.6;
const LEAST_UNIT_BP = 0.15;
const LARGEST_UNIT_BP = 1.5;
/** A maker that finds an order this far on the wrong side of its price takes all of them back at once. */
const WITHDRAW_BP = 30;
/** Levels that are searched for the best price of somebody else. */
const DEPTH_LEVELS = 10;
const BASIS_POINTS = 10_000;

/** What a maker does in one symbol, in this order. */
export interface MakerPlan {
  readonly withdraw: boolean;
  readonly amendments: readonly Amendment[];
  readonly cancels: readonly OrderRecord[];
  readonly orders: readonly NewOrder[];
}

export interface MakerTurn {
  readonly userId: number;
  /** Makes two makers differ. */
  readonly seed: number;
  /** Of the clock; the maker's opinion wanders with it. */
  readonly second: number;
  readonly random: Random;
}

/** A maker's review of one symbol: what has to change so that its orders are its ladder again. */
export function planQuotes(
  core: MarketReads,
  turn: MakerTurn,
  market: { view: SymbolView; volatilityBp: number },
): MakerPlan {
  const { view } = market;
  const { parameters } = view;
  const own = core.exchange.openOrders(turn.userId, parameters.symbol);
  const position = core.exchange.positions(turn.userId, parameters.symbol)[0]?.quantity ?? 0;
  const positionUsdt = position * usdtPerStep(parameters, view.index);
  const keys = [turn.seed, turn.userId, keyOf(parameters.symbol)];

  const character = 0.85 + 0.4 * fractionOf(keys);
  const unitBp = clamp(market.volatilityBp * UNIT_PER_VOLATILITY, LEAST_UNIT_BP, LARGEST_UNIT_BP) * character;
  const wander = (fractionOf([...keys, Math.floor(turn.second / WANDER_SECONDS)]) - 0.5) * WANDER_UNITS * unitBp;
  const skew = -FULL_SKEW_BP * clamp(positionUsdt / MAKER_POSITION_CAP_USDT, -1, 1);
  const fair = view.index * (1 + (wander + skew) / BASIS_POINTS);

  const withdraw = own.some((order) => outsideBp(order, fair) > WITHDRAW_BP);
  const open = withdraw ? [] : own;
  const depth = core.exchange.depth(parameters.symbol, DEPTH_LEVELS);
  const sides = (['BUY', 'SELL'] as const).map((side) => {
    const inputs: LadderInputs = {
      parameters,
      fair,
      unitBp,
      bound: boundOf(side, own, depth),
      roomUsdt: Math.max(0, MAKER_POSITION_CAP_USDT - (side === 'BUY' ? positionUsdt : -positionUsdt)),
      keys,
    };
    const mine = open.filter((order) => order.side === side);
    return { side, ...reconcile(side, mine, ladder(side, inputs)) };
  });
  const least = leastQuantity(parameters, usdtPerStep(parameters, fair));
  const size = (quantity: number): QuantitySteps =>
    quantitySteps(Math.max(least, Math.floor(quantity * turn.random.between(0.75, 1.25))));
  return {
    withdraw,
    amendments: mostUrgent(sides).flatMap((move) => amendment(move, size(move.quote.quantity), view) ?? []),
    cancels: sides.flatMap(({ surplus }) => surplus),
    orders: sides.flatMap(({ side, missing }) =>
      missing.map((quote) => newOrder(parameters.symbol, side, { ...quote, quantity: size(quote.quantity) })),
    ),
  };
}

/** Commands for a maker's plans: few, because one batch may hold orders of several symbols. */
export function makerCommands(userId: number, plans: ReadonlyMap<string, MakerPlan>): readonly Command[] {
  const actor = { userId };
  const all = [...plans.values()];
  return [
    ...[...plans]
      .filter(([, plan]) => plan.withdraw)
      .map(([symbol]): Command => ({ type: 'cancel-all-orders', actor, symbol })),
    ...batches(all.flatMap((plan) => plan.amendments)).map(
      (amendments): Command => ({ type: 'amend-orders', actor, amendments }),
    ),
    ...all
      .flatMap((plan) => plan.cancels)
      .map(({ symbol, orderId }): Command => ({ type: 'cancel-order', actor, order: { symbol, orderId } })),
    ...batches(all.flatMap((plan) => plan.orders)).map((orders): Command => ({ type: 'place-orders', actor, orders })),
  ];
}

/** Retreats of both sides, then the rest, nearest levels first. */
function mostUrgent(sides: readonly Reconciled[]): readonly Move[] {
  const moves = sides.flatMap(({ moves }) => moves.map((move, rank) => ({ move, rank })));
  moves.sort((a, b) => Number(b.move.isRetreat) - Number(a.move.isRetreat) || a.rank - b.rank);
  return moves.slice(0, MAX_AMENDMENTS_PER_REVIEW).map(({ move }) => move);
}

function amendment({ order, quote }: Move, quantity: QuantitySteps, view: SymbolView): Amendment | undefined {
  const { symbol, orderId } = order;
  const moved = quote.price === order.price ? undefined : { price: quote.price };
  const total = order.filledQuantity + quantity;
  if (total <= view.parameters.maxLimitOrderQuantity)
    return { symbol, orderId, ...moved, quantity: quantitySteps(total) };
  // An order refilled many times would outgrow the largest quantity: it only moves then, and a new one follows it.
  return moved === undefined ? undefined : { symbol, orderId, ...moved };
}

const newOrder = (symbol: string, side: Side, quote: Quote): NewOrder => ({
  symbol,
  type: 'LIMIT',
  side,
  positionSide: 'BOTH',
  price: quote.price,
  quantity: quote.quantity,
  timeInForce: 'GTC',
  makerOnly: true,
});

/** The best price of a side that takes nothing from anybody else; its own orders of the other side retreat by themselves. */
function boundOf(side: Side, own: readonly OrderRecord[], depth: DepthView | undefined): PriceTicks | undefined {
  const levels = (side === 'BUY' ? depth?.asks : depth?.bids) ?? [];
  const foreign = levels.find(([price, quantity]) => {
    const mine = own.filter((order) => order.side !== side && order.price === price);
    return mine.reduce((sum, order) => sum + order.quantity - order.filledQuantity, 0) < quantity;
  });
  if (foreign === undefined) return undefined;
  return priceTicks(side === 'BUY' ? foreign[0] - 1 : foreign[0] + 1);
}

/** How far an order stands beyond the fair price: what it would lose at once. */
function outsideBp(order: OrderRecord, fair: number): number {
  const beyond = order.side === 'BUY' ? order.price - fair : fair - order.price;
  return (beyond / fair) * BASIS_POINTS;
}

function batches<T>(items: readonly T[]): readonly (readonly T[])[] {
  const found: T[][] = [];
  for (let i = 0; i < items.length; i += BATCH) found.push(items.slice(i, i + BATCH));
  return found;
}

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
