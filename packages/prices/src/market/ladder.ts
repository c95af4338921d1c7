import type { Side, SymbolParameters } from '@openvenue/core';
import { type PriceTicks, priceTicks, type QuantitySteps, quantitySteps } from '@openvenue/money';
import { fractionOf } from '../random.ts';

/** Levels a maker quotes on each side. */
export const LADDER_LEVELS = 20;

/** Value of a maker's best level, in USDT, and how much each further one adds to it. */
const FIRST_LEVEL_USDT = 5_000;
const GROWTH_PER_LEVEL = 0.35;
const BASIS_POINTS = 10_000;

/** One order a maker wants to have. */
export interface Quote {
  readonly price: PriceTicks;
  readonly quantity: QuantitySteps;
}

export interface LadderInputs {
  readonly parameters: SymbolParameters;
  /** The price the maker quotes around, in ticks; it need not be whole. */
  readonly fair: number;
  /** Distance of the best level from `fair`, in basis points; the others stand in proportion to it. */
  readonly unitBp: number;
  /** The most aggressive price that would not take from anyone else, in ticks; undefined when the other side is empty. */
  readonly bound: PriceTicks | undefined;
  /** What the side may hold in all, in USDT. */
  readonly roomUsdt: number;
  /** Makes a maker's ladder its own: the same keys give the same irregularities. */
  readonly keys: readonly number[];
}

/**
 * The quotes of one side, best first, every one at a price of its own: distances and sizes grow outward. Levels that the room
 * no longer covers are left out.
 */
export function ladder(side: Side, inputs: LadderInputs): readonly Quote[] {
  const { parameters, fair, bound } = inputs;
  const outward = side === 'BUY' ? -1 : 1;
  const stepUsdt = usdtPerStep(parameters, fair);
  const quotes: Quote[] = [];
  let room = inputs.roomUsdt;
  let price = bound === undefined ? undefined : bound - outward;
  for (let level = 0; level < LADDER_LEVELS; level++) {
    const jitter = fractionOf([...inputs.keys, side === 'BUY' ? 0 : 1, level]);
    const wanted = fair + outward * fair * (distanceBp(level + (jitter - 0.5) / 2, inputs.unitBp) / BASIS_POINTS);
    const onGrid = side === 'BUY' ? Math.floor(wanted) : Math.ceil(wanted);
    price = price === undefined ? onGrid : outermost(side, onGrid, price + outward);
    if (price <= 0 || price > parameters.maxPrice) break;
    const usdt = Math.min(room, FIRST_LEVEL_USDT * (1 + GROWTH_PER_LEVEL * level) * (0.8 + 0.4 * jitter));
    const quantity = Math.floor(usdt / stepUsdt);
    if (quantity < leastQuantity(parameters, stepUsdt)) break;
    room -= quantity * stepUsdt;
    quotes.push({ price: priceTicks(price), quantity: quantitySteps(quantity) });
  }
  return quotes;
}

/** Value of one step at a price in ticks, in USDT: only good for sizes that nobody has to get exactly. */
export function usdtPerStep(parameters: SymbolParameters, price: number): number {
  return price * (Number(parameters.tickSize) / 1e8) * (Number(parameters.stepSize) / 1e8);
}

/** Twice what `minNotional` asks for, so that an order stays above it when the price moves. */
export function leastQuantity(parameters: SymbolParameters, stepUsdt: number): number {
  return Math.max(parameters.minQuantity, Math.ceil((2 * Number(parameters.minNotional)) / 1e8 / stepUsdt));
}

const distanceBp = (level: number, unitBp: number): number => unitBp * (1 + 0.9 * level + 0.2 * level * level);

const outermost = (side: Side, a: number, b: number): number => (side === 'BUY' ? Math.min(a, b) : Math.max(a, b));
