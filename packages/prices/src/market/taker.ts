import type { Command, Side, SymbolView } from '@openvenue/core';
import { type PriceTicks, priceTicks, quantitySteps } from '@openvenue/money';
import { fractionOf, keyOf, type Random } from '../random.ts';
import type { MarketReads } from './accounts.ts';
import { leastQuantity, usdtPerStep } from './ladder.ts';

/** Trades a second in one symbol when nothing happens. */
const CALM_RATE = 0.35;
/** A stretch of this length is calm or, one time in twelve, a burst with so many times the trades. */
const STRETCH_SECONDS = 6;
const BURST_SHARE = 1 / 12;
const BURST_FACTOR = 5;
/** A moving index draws trades: at most so many times as many. */
const LARGEST_MOVE_FACTOR = 4;
/** Sizes are Pareto distributed from the first on, up to the second times it, in USDT. */
const LEAST_TRADE_USDT = 250;
const LARGEST_TRADE_FACTOR = 200;
/** A taker's position in a symbol, in USDT: beyond it the taker only reduces. */
export const TAKER_POSITION_CAP_USDT = 400_000;
/** How far from the index a taker pays at most. */
const REACH_BP = 15;
/** An order of anybody that is this much better than the index is taken at once, up to this value. */
const BARGAIN_BP = 8;
const BARGAIN_USDT = 50_000;
const BASIS_POINTS = 10_000;

export interface TakerTurn {
  readonly userIds: readonly number[];
  readonly seed: number;
  readonly second: number;
  /** Time since the last turn, at most a second or so. */
  readonly elapsedMs: number;
  readonly random: Random;
}

/** What the takers know of a symbol: its prices, the usual move of a second, and the move of the last three. */
export interface TakerMarket {
  readonly view: SymbolView;
  readonly volatilityBp: number;
  readonly momentumBp: number;
}

/** At most one trade of one taker in a symbol: a bargain if there is one, else whatever chance, bursts and the index suggest. */
export function takerCommand(core: MarketReads, turn: TakerTurn, market: TakerMarket): Command | undefined {
  const { view } = market;
  const { parameters, index } = view;
  const depth = core.exchange.depth(parameters.symbol, 1);
  const best = { BUY: depth?.asks[0], SELL: depth?.bids[0] };
  const userId = turn.userIds[turn.random.integer(0, turn.userIds.length - 1)];
  if (userId === undefined) return undefined;
  const stepUsdt = usdtPerStep(parameters, index);
  const heldUsdt = (): number => (core.exchange.positions(userId, parameters.symbol)[0]?.quantity ?? 0) * stepUsdt;

  for (const side of ['BUY', 'SELL'] as const) {
    const level = best[side];
    if (level === undefined || gainBp(side, level[0], index) < BARGAIN_BP || !hasRoom(side, heldUsdt())) continue;
    return trade({ userId, side, price: level[0] }, view, Math.min(level[1] * stepUsdt, BARGAIN_USDT));
  }

  if (!turn.random.chance((tradesPerSecond(turn, market) * turn.elapsedMs) / 1_000)) return undefined;
  const side = chooseSide(turn.random, { heldUsdt: heldUsdt(), trend: trendOf(market) });
  const level = best[side];
  if (level === undefined || gainBp(side, level[0], index) < -REACH_BP) return undefined;
  const reach = (index * REACH_BP) / BASIS_POINTS;
  const price = priceTicks(side === 'BUY' ? Math.floor(index + reach) : Math.ceil(index - reach));
  const usdt = LEAST_TRADE_USDT / Math.max(turn.random.fraction(), 1 / LARGEST_TRADE_FACTOR);
  return trade({ userId, side, price }, view, usdt);
}

/** How many trades a second are to be expected now; a stretch's character depends on the seed and the clock alone. */
export function tradesPerSecond(
  turn: Pick<TakerTurn, 'seed' | 'second'>,
  market: Pick<TakerMarket, 'view' | 'volatilityBp' | 'momentumBp'>,
): number {
  const stretch = Math.floor(turn.second / STRETCH_SECONDS);
  const mood = fractionOf([turn.seed, keyOf(market.view.parameters.symbol), stretch]);
  const burst = mood < BURST_SHARE ? BURST_FACTOR : 0.5 + mood;
  return CALM_RATE * burst * (1 + Math.min(LARGEST_MOVE_FACTOR - 1, Math.abs(trendOf(market)) / 2));
}

/** The index's recent move in units of the usual one. */
const trendOf = ({ momentumBp, volatilityBp }: Pick<TakerMarket, 'momentumBp' | 'volatilityBp'>): number =>
  volatilityBp > 0 ? momentumBp / volatilityBp : 0;

/** Takers run after the index, and back to a flat position. */
export function chooseSide(
  random: Random,
  { heldUsdt, trend }: { readonly heldUsdt: number; readonly trend: number },
): Side {
  if (!hasRoom('BUY', heldUsdt)) return 'SELL';
  if (!hasRoom('SELL', heldUsdt)) return 'BUY';
  const follow = Math.max(-0.25, Math.min(0.25, trend / 12));
  return random.chance(0.5 + follow - (0.5 * heldUsdt) / TAKER_POSITION_CAP_USDT) ? 'BUY' : 'SELL';
}

const hasRoom = (side: Side, heldUsdt: number): boolean =>
  (side === 'BUY' ? heldUsdt : -heldUsdt) < TAKER_POSITION_CAP_USDT;

/** How much better than the index a price is for who takes it; negative when it is worse. */
const gainBp = (side: Side, price: number, index: number): number =>
  ((side === 'BUY' ? index - price : price - index) / index) * BASIS_POINTS;

function trade(
  order: { readonly userId: number; readonly side: Side; readonly price: PriceTicks },
  { parameters, index }: SymbolView,
  usdt: number,
): Command {
  const stepUsdt = usdtPerStep(parameters, index);
  const quantity = Math.max(leastQuantity(parameters, stepUsdt), Math.floor(usdt / stepUsdt));
  return {
    type: 'place-order',
    actor: { userId: order.userId },
    order: {
      symbol: parameters.symbol,
      type: 'LIMIT',
      side: order.side,
      positionSide: 'BOTH',
      price: order.price,
      quantity: quantitySteps(Math.min(quantity, parameters.maxLimitOrderQuantity)),
      timeInForce: 'IOC',
    },
  };
}
