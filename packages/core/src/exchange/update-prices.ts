import type { Rate } from '@openvenue/money';
import type { OperatorCommand } from '../command.ts';
import { testConditions } from './conditions/test-conditions.ts';
import { type IndexPrice, indexPrice } from './index-price.ts';
import { markPrice } from './mark-price.ts';
import { Market } from './market.ts';
import type { Step } from './step.ts';

/** Funding is not settled yet: the mark's basis term is the index itself. */
const FUNDING_INTERVAL_MS = 8 * 60 * 60 * 1_000;

type PriceCommand = Extract<OperatorCommand, { type: 'update-prices' }>;

/** A price command: waiting configurations first, then index, samples and mark of every symbol in listing order (PRC-4). */
export function updatePrices(step: Step, command: PriceCommand): void {
  listPending(step);
  const quotes = new Map(command.symbols.map((entry) => [entry.symbol, entry.quotes]));
  for (const market of step.state.markets.values()) {
    const { maxPrice } = market.parameters;
    const found = indexPrice((quotes.get(market.symbol) ?? []).filter((quote) => quote.price <= maxPrice));
    if (found !== undefined) moveTo(step, market, found);
    if (market.index === 0) continue;
    market.refreshBand(step.timeMs);
    const state = market.isFrozen(step.timeMs) ? 'FROZEN' : market.degraded ? 'DEGRADED' : 'LIVE';
    step.events.push({
      type: 'prices-updated',
      symbol: market.symbol,
      index: market.index,
      mark: market.mark,
      state,
      atMs: step.timeMs,
    });
  }
  for (const market of step.state.markets.values()) {
    if (!market.isFrozen(step.timeMs)) testConditions(step, market, 'MARK_PRICE');
  }
}

/** A new index, and what follows from it; without one, index, samples and mark stay as they are (PRC-1). */
function moveTo(step: Step, market: Market, found: IndexPrice): void {
  market.index = found.index;
  market.degraded = found.degraded;
  market.lastIndexAtMs = step.timeMs;
  sample(step, market);
  market.mark = markPrice({
    index: market.index,
    fundingRate: 0 as Rate,
    untilFundingMs: 0,
    fundingIntervalMs: FUNDING_INTERVAL_MS,
    premium: market.markWindow(step.timeMs),
    last: market.last,
    clamp: market.parameters.markClamp,
  });
}

function sample(step: Step, market: Market): void {
  market.premium.expire(step.timeMs);
  const bid = market.book.bestPrice('BUY');
  const ask = market.book.bestPrice('SELL');
  if (bid !== -1 && ask !== -1) market.premium.add(step.timeMs, bid + ask - 2 * market.index);
}

function listPending(step: Step): void {
  const { markets, pendingParameters } = step.state;
  for (const parameters of pendingParameters.values()) {
    const market = markets.get(parameters.symbol);
    if (market === undefined)
      markets.set(parameters.symbol, new Market(parameters, step.state.createBook(), step.state.createTriggers));
    else {
      market.reconfigure(parameters);
      for (const account of step.state.accounts.values()) account.stances.get(market)?.refresh();
    }
    step.events.push({
      type: 'symbol-configured',
      symbol: parameters.symbol,
      version: markets.get(parameters.symbol)?.version ?? 1,
    });
  }
  pendingParameters.clear();
}
