import type { OperatorCommand } from '../../command.ts';
import { type Rejected, reject } from '../../reject.ts';
import { type Accepted, DONE } from '../../reply.ts';
import type { Step } from '../step.ts';
import { Delisting } from '../symbols/delisting.ts';
import type { Market } from '../symbols/market.ts';
import { beginReduceOnly } from './begin-reduce-only.ts';
import { endAll } from './end-all.ts';
import { settlePositions } from './settle-positions.ts';

/** How long before its end a delisting must be announced, and how long before it only reducing orders are taken (SYM-5). */
export const NOTICE_MS = 24 * 60 * 60 * 1_000;
export const REDUCE_ONLY_MS = 60 * 60 * 1_000;

type DelistSymbol = Extract<OperatorCommand, { type: 'delist-symbol' }>;

/** Announces the end of a symbol, or moves an announced one, while its last hour has not begun (SYM-5). */
export function delistSymbol(step: Step, { symbol, atMs }: DelistSymbol): Accepted | Rejected {
  const market = step.state.markets.get(symbol);
  if (market === undefined)
    return reject('SYMBOL_NOT_TRADING', { field: 'symbol', value: symbol, rule: 'no such symbol' });
  if (market.delisting !== undefined && market.delisting.phase !== 'ANNOUNCED')
    return reject('CONFIGURATION_INVALID', { field: 'symbol', problems: ['the delisting has begun'] });
  if (atMs < step.timeMs + NOTICE_MS)
    return reject('OUT_OF_RANGE', { field: 'atMs', value: String(atMs), rule: 'must be at least 24 h ahead' });
  market.delisting = new Delisting(atMs);
  step.state.delistings.add(market);
  step.events.push({ type: 'symbol-delisting', symbol, phase: 'ANNOUNCED', atMs });
  return DONE;
}

/** What the time has made due: the last hour begins, or the symbol ends (MAT-13, SYM-5). Symbols in listing order (PRC-4). */
export function advanceDelistings(step: Step): void {
  const { delistings, markets } = step.state;
  if (delistings.size === 0) return;
  for (const market of markets.values()) {
    const { delisting } = market;
    if (delisting === undefined || !delistings.has(market)) continue;
    if (delisting.phase === 'ANNOUNCED' && step.timeMs >= delisting.atMs - REDUCE_ONLY_MS) {
      const wasRestricted = market.status !== 'TRADING';
      delisting.phase = 'REDUCE_ONLY';
      step.events.push({ type: 'symbol-delisting', symbol: market.symbol, phase: 'REDUCE_ONLY', atMs: delisting.atMs });
      if (!wasRestricted) beginReduceOnly(step, market);
    }
    if (delisting.phase === 'REDUCE_ONLY' && step.timeMs >= delisting.atMs) end(step, market, delisting);
  }
}

function end(step: Step, market: Market, delisting: Delisting): void {
  delisting.phase = 'ENDED';
  step.state.delistings.delete(market);
  endAll(step, market);
  const price = delisting.settlementPrice(market.index);
  step.events.push({
    type: 'symbol-delisting',
    symbol: market.symbol,
    phase: 'ENDED',
    atMs: delisting.atMs,
    settlement: { price, samples: delisting.samples },
  });
  settlePositions(step, market, price);
}
