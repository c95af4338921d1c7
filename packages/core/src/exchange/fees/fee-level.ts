import { type Money, ONE, type Rate, shareOf, ZERO_MONEY } from '@openvenue/money';
import type { FeeLevel } from '../symbols/symbol-parameters.ts';

/** The highest level whose `minVolume30d` a volume reaches (FEE-2). Levels begin at a volume of 0 and rise. */
export function feeLevelOf(levels: readonly FeeLevel[], volume30d: bigint): number {
  let level = 0;
  while (level + 1 < levels.length && (levels[level + 1] as FeeLevel).minVolume30d <= volume30d) level++;
  return level;
}

/** What an agent takes on top of the base rate; never negative. */
export interface Markup {
  readonly maker: Rate;
  readonly taker: Rate;
}

export const NO_MARKUP: Markup = { maker: 0 as Rate, taker: 0 as Rate };

/** What a user pays in one market today: base rate of his level plus his agent's markup (FEE-1). */
export interface FeeRates {
  readonly maker: Rate;
  readonly taker: Rate;
  /** The agent's part of each. */
  readonly markup: Markup;
}

/** No fee either way. */
export const NO_FEES: FeeRates = { maker: 0 as Rate, taker: 0 as Rate, markup: NO_MARKUP };

export function feeRates(level: FeeLevel, markup: Markup): FeeRates {
  return {
    maker: (level.maker + markup.maker) as Rate,
    taker: (level.taker + markup.taker) as Rate,
    markup,
  };
}

const RATE_UNIT = Number(ONE);

/** The agent's part of a fee, down; the venue has the rest (SYM-3). */
export const agentShare = (value: bigint, markup: Rate): Money =>
  (markup === 0 ? ZERO_MONEY : shareOf(value, { part: markup, whole: RATE_UNIT }, 'down')) as Money;
