import type { OperatorCommand } from '../command.ts';
import type { Event } from '../event.ts';
import { testConditions } from './conditions/test-conditions.ts';
import { impactNotional, impactOf } from './funding/impact-price.ts';
import { premiumIndex } from './funding/premium-index.ts';
import { settleFunding } from './funding/settle-funding.ts';
import { offerFundPositions } from './liquidation/fund-offers.ts';
import { type IndexPrice, indexPrice } from './prices/index-price.ts';
import { markPrice } from './prices/mark-price.ts';
import type { Step } from './step.ts';
import { beginReduceOnly } from './symbol-life/begin-reduce-only.ts';
import { Market } from './symbols/market.ts';
import type { SymbolParameters } from './symbols/symbol-parameters.ts';

const HOUR_MS = 60 * 60 * 1_000;

type PriceCommand = Extract<OperatorCommand, { type: 'update-prices' }>;

/**
 * A price command: waiting configurations first, then index and mark of every symbol in listing order, the samples of those that
 * are live, the funding that is due, the insurance fund's offers, and the conditions that a mark meets (PRC-4). A symbol that has
 * ended is passed over: it keeps its last prices and says nothing more (SYM-5).
 */
export function updatePrices(step: Step, command: PriceCommand): void {
  listPending(step);
  const quotes = new Map(command.symbols.map((entry) => [entry.symbol, entry.quotes]));
  const markets = [...step.state.markets.values()].filter(({ hasEnded }) => !hasEnded);
  const live: Market[] = [];
  for (const market of markets) {
    const { maxPrice } = market.parameters;
    const found = indexPrice((quotes.get(market.symbol) ?? []).filter((quote) => quote.price <= maxPrice));
    if (found !== undefined) {
      moveTo(market, found, step.timeMs);
      live.push(market);
    }
    if (market.index !== 0) step.events.push(priceEvent(market, step.timeMs));
  }
  for (const market of live) sample(market, step.timeMs);
  for (const market of markets) if (market.index !== 0) market.refreshBand(step.timeMs);
  for (const market of live) if (step.timeMs >= market.funding.nextAtMs) settleFunding(step, market);
  offerFundPositions(step);
  for (const market of markets) {
    if (!market.isFrozen(step.timeMs)) testConditions(step, market, 'MARK_PRICE');
  }
  step.pricesMoved = true;
}

/** A new index and mark; without a source, index, samples and mark stay as they are (PRC-1). */
function moveTo(market: Market, found: IndexPrice, timeMs: number): void {
  const { funding, parameters } = market;
  market.index = found.index;
  market.degraded = found.degraded;
  market.lastIndexAtMs = timeMs;
  if (funding.nextAtMs === 0) funding.schedule(timeMs, parameters.fundingIntervalHours);
  market.mark = markPrice({
    index: market.index,
    fundingRate: funding.rate,
    untilFundingMs: Math.max(0, funding.nextAtMs - timeMs),
    fundingIntervalMs: funding.hours * HOUR_MS,
    premium: market.markWindow(timeMs),
    last: market.last,
    clamp: parameters.markClamp,
  });
}

/** The distance of the book from the index: each live price for mark and band, and every 5 s for the funding (FND-1). */
function sample(market: Market, timeMs: number): void {
  const { book, funding, index, parameters } = market;
  market.delisting?.sample(timeMs, index);
  market.premium.expire(timeMs);
  const bid = book.bestPrice('BUY');
  const ask = book.bestPrice('SELL');
  if (bid !== -1 && ask !== -1) market.premium.add(timeMs, bid + ask - 2 * index);
  if (!funding.wantsSample(timeMs)) return;
  const notional = impactNotional(parameters.tiers[0]?.maxLeverage ?? 1, market.unit);
  const impact = { bid: impactOf(book, 'BUY', notional), ask: impactOf(book, 'SELL', notional) };
  funding.addSample(timeMs, premiumIndex({ index, ...impact }));
}

function priceEvent(market: Market, timeMs: number): Event {
  const state = market.isFrozen(timeMs) ? 'FROZEN' : market.degraded ? 'DEGRADED' : 'LIVE';
  const { symbol, index, mark } = market;
  return { type: 'prices-updated', symbol, index, mark, state, atMs: timeMs };
}

function listPending(step: Step): void {
  const { markets, pendingParameters } = step.state;
  for (const [symbol, { parameters, effectiveAtMs }] of pendingParameters) {
    if (step.timeMs < effectiveAtMs) continue;
    pendingParameters.delete(symbol);
    const market = markets.get(symbol);
    if (market?.hasEnded === true) continue;
    if (market === undefined)
      markets.set(symbol, new Market(parameters, step.state.createBook(), step.state.createTriggers));
    else reconfigure(step, market, parameters);
    step.events.push({ type: 'symbol-configured', symbol, version: market?.version ?? 1 });
  }
}

function reconfigure(step: Step, market: Market, parameters: SymbolParameters): void {
  const before = market.status;
  const matched = market.matches;
  market.reconfigure(parameters, step.timeMs);
  for (const account of step.state.accounts.values()) {
    const stance = account.stanceIn(market);
    if (stance !== undefined) account.refresh(stance);
  }
  for (const leg of step.state.holders.in(market)) step.changed.push(leg.account);
  if (!matched && market.matches) resumeStrategies(step, market);
  if (market.status === 'REDUCE_ONLY' && before !== 'REDUCE_ONLY') beginReduceOnly(step, market);
}

/** Has the strategies looked at whose legs went on waiting while nothing was matched (STR-2). */
function resumeStrategies(step: Step, market: Market): void {
  for (const strategy of step.state.strategies.values())
    if (strategy.market === market) step.strategyDue(strategy.strategyId);
}
