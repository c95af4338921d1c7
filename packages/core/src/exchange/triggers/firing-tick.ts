import type { PriceTicks } from '@openvenue/money';
import type { Side } from '../enums.ts';

/** Callback rates are tenths of a percent, so a whole is this many of them. */
const WHOLE = 1_000;

/**
 * The first tick that fires a trailing stop (CND-2): a SELL at or below `watermark x (1 - rate)`, a BUY at or above
 * `watermark x (1 + rate)`. `callbackRate` is in tenths of a percent.
 */
export function firingTick(side: Side, watermark: PriceTicks, callbackRate: number): PriceTicks {
  const exact = watermark * (side === 'SELL' ? WHOLE - callbackRate : WHOLE + callbackRate);
  return (side === 'SELL' ? Math.floor(exact / WHOLE) : Math.ceil(exact / WHOLE)) as PriceTicks;
}
