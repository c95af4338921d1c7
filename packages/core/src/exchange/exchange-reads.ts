import { divide, type Money, ONE, type PriceTicks, type QuantitySteps } from '@openvenue/money';
import type { ConditionRecord, OrderRecord, StrategyRecord } from '../event.ts';
import type { AccountView, DepthView, ExchangeReads, PositionView, SymbolView } from '../reads.ts';
import { Account } from './account.ts';
import { conditionRecordOf } from './conditions/condition.ts';
import { type ExitPrices, exitPrices } from './conditions/exit-prices.ts';
import { findCondition } from './conditions/place-condition.ts';
import type { PositionSide, Side } from './enums.ts';
import type { ExchangeState } from './exchange-state.ts';
import { findOrder } from './find-order.ts';
import { liquidationPrice } from './liquidation-price.ts';
import { availableBalance, type MarginFigures, marginFigures, marginRatio } from './margin.ts';
import type { Market } from './market.ts';
import { recordOf } from './order.ts';
import type { Stance } from './stance.ts';
import { strategyRecordOf } from './strategies/strategy.ts';

/** What may be read of the exchange between two commands. A user who has never acted has an empty account. */
export class ExchangeView implements ExchangeReads {
  readonly #state: ExchangeState;
  readonly #timeMs: () => number;

  constructor(state: ExchangeState, timeMs: () => number) {
    this.#state = state;
    this.#timeMs = timeMs;
  }

  symbols(): readonly SymbolView[] {
    return [...this.#state.markets.values()].map((market) => market.view(this.#timeMs()));
  }

  symbol(name: string): SymbolView | undefined {
    return this.#state.markets.get(name)?.view(this.#timeMs());
  }

  order(
    userId: number,
    reference: { readonly symbol?: string; readonly orderId?: number; readonly clientOrderId?: string },
  ): OrderRecord | undefined {
    const account = this.#state.accounts.get(userId);
    const order = account === undefined ? undefined : findOrder(this.#state, account, reference);
    return order === undefined ? undefined : recordOf(order);
  }

  openOrders(userId: number, symbol?: string): readonly OrderRecord[] {
    const open: OrderRecord[] = [];
    for (const stance of this.#account(userId).stances.values()) {
      if (symbol === undefined || stance.market.symbol === symbol)
        for (const order of stance.orders.values()) open.push(recordOf(order));
    }
    return open.sort((a, b) => b.orderId - a.orderId);
  }

  openConditions(userId: number, symbol?: string): readonly ConditionRecord[] {
    return this.#account(userId)
      .allConditions()
      .filter(({ market }) => symbol === undefined || market.symbol === symbol)
      .map(conditionRecordOf)
      .reverse();
  }

  condition(
    userId: number,
    reference: { readonly symbol?: string; readonly conditionId?: number; readonly clientOrderId?: string },
  ): ConditionRecord | undefined {
    const condition = findCondition(this.#state, this.#account(userId), reference);
    return condition === undefined ? undefined : conditionRecordOf(condition);
  }

  strategy(userId: number, strategyId: number): StrategyRecord | undefined {
    const strategy = this.#state.strategies.get(strategyId);
    return strategy?.userId === userId ? strategyRecordOf(strategy) : undefined;
  }

  exitPrices(userId: number, symbol: string, positionSide: PositionSide): ExitPrices {
    const market = this.#state.markets.get(symbol);
    if (market === undefined) return { takeProfit: NO_PRICE, stopLoss: NO_PRICE };
    return exitPrices(this.#account(userId), market, positionSide);
  }

  cancelDeadline(userId: number): number {
    return this.#state.cancelDeadlines.get(userId)?.deadlineMs ?? 0;
  }

  account(userId: number): AccountView {
    const account = this.#account(userId);
    const figures = marginFigures(account);
    const marginBalance = (account.wallet + figures.unrealizedPnl) as Money;
    return {
      wallet: account.wallet,
      frozen: figures.frozen,
      used: figures.initialMargin,
      available: availableBalance(account),
      unrealizedPnl: figures.unrealizedPnl,
      marginBalance,
      maintenanceMargin: figures.maintenanceMargin,
      marginRatio: marginRatio(figures.maintenanceMargin, marginBalance),
    };
  }

  positions(userId: number, symbol?: string): readonly PositionView[] {
    const account = this.#account(userId);
    const figures = marginFigures(account);
    return [...account.stances.values()]
      .filter((stance) => stance.quantity !== 0 && (symbol === undefined || stance.market.symbol === symbol))
      .map((stance) => positionView(account, stance, figures));
  }

  settings(userId: number, symbol: string): { readonly leverage: number; readonly marginMode: 'CROSS' } | undefined {
    const market = this.#state.markets.get(symbol);
    if (market === undefined) return undefined;
    const leverage = this.#account(userId).stances.get(market)?.leverage ?? market.parameters.defaultLeverage;
    return { leverage, marginMode: 'CROSS' };
  }

  userSequence(userId: number): number {
    return this.#account(userId).eventSequence;
  }

  depth(symbol: string, levels = Number.POSITIVE_INFINITY): DepthView | undefined {
    const market = this.#state.markets.get(symbol);
    if (market === undefined) return undefined;
    return { version: market.depthVersion, bids: side(market, 'BUY', levels), asks: side(market, 'SELL', levels) };
  }

  #account(userId: number): Account {
    return this.#state.accounts.get(userId) ?? new Account(userId);
  }
}

const NO_PRICE = 0 as PriceTicks;

function side(market: Market, of: Side, levels: number): (readonly [PriceTicks, QuantitySteps])[] {
  const found: (readonly [PriceTicks, QuantitySteps])[] = [];
  for (
    let price = market.book.bestPrice(of);
    price !== -1 && found.length < levels;
    price = market.book.nextPrice(of, price)
  ) {
    found.push([price, market.book.levelQuantity(of, price)]);
  }
  return found;
}

function positionView(account: Account, stance: Stance, figures: MarginFigures): PositionView {
  const { market, quantity, cost } = stance;
  const size = BigInt(Math.abs(quantity));
  const stepSize = market.parameters.stepSize;
  const initialMargin = stance.initialMargin;
  const taker = BigInt(market.feeRate(0, false));
  const perUnit = quantity > 0 ? ONE - taker : ONE + taker;
  const breakEvenCost = quantity > 0 ? cost + stance.openFees : cost - stance.openFees;
  return {
    symbol: market.symbol,
    marginMode: 'CROSS',
    positionSide: 'BOTH',
    leverage: stance.leverage,
    quantity,
    entryPrice: divide(cost * ONE, size * stepSize, 'half-up'),
    breakEvenPrice: divide(breakEvenCost * ONE * ONE, size * stepSize * perUnit, 'half-up'),
    liquidationPrice: liquidationPrice(account, stance, figures),
    marginRatio: marginRatio(figures.maintenanceMargin, account.wallet + figures.unrealizedPnl),
    unrealizedPnl: stance.unrealizedPnl,
    roe: initialMargin === 0n ? 0n : divide(stance.unrealizedPnl * ONE, initialMargin, 'half-up'),
    mark: market.mark,
    margin: initialMargin,
    maintenanceMargin: stance.maintenanceMargin,
    notional: stance.notional,
  };
}
