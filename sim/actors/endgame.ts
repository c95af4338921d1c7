import type { Command, Core } from '@openvenue/core';
import type { SimulatedMarket } from './market.ts';

const HOUR_MS = 3_600_000;

/**
 * As a symbol nears its end its price runs away, and in the last hour it is halted: then nobody is liquidated, and who has lost more
 * than he has must be settled. Returns what the operator does, if anything. `nowMs`: what the clock shows.
 */
export function endgame(core: Core, market: SimulatedMarket, nowMs: number): Command | undefined {
  for (const { parameters, delistingAtMs } of core.exchange.symbols()) {
    const { symbol, status } = parameters;
    const leftMs = delistingAtMs - nowMs;
    if (delistingAtMs <= core.timeMs || leftMs > HOUR_MS) continue;
    market.runAway(symbol);
    if (leftMs > 0 && status !== 'HALTED')
      return { type: 'configure-symbol', parameters: { ...parameters, status: 'HALTED' } };
  }
  return undefined;
}
