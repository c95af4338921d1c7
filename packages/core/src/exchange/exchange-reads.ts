import { divide, type Money, ONE, type PriceTicks, type QuantitySteps, ZERO_MONEY } from '@openvenue/money';
import type { NewOrder } from '../command.ts';
import type { ConditionRecord, OrderRecord, StrategyRecord } from '../event.ts';
import type {
  AccountView,
  DepthView,
  ExchangeReads,
  ExitPrices,
  InsuranceFundView,
  OrderPreview,
  PositionView,
  SymbolView,
} from '../reads.ts';
import type { Rejected } from '../reject.ts';
import type { Account } from './accounts/account.ts';
import { INSURANCE_FUND_ID } from './accounts/fund-account.ts';
import type { Leg } from './accounts/leg.ts';
import { conditionRecordOf } from './conditions/condition.ts';
import { exitPrices } from './conditions/exit-prices.ts';
import { findCondition } from './conditions/place-condition.ts';
import type { MarginMode, PositionSide, Side } from './enums.ts';
import type { ExchangeState } from './exchange-state.ts';
import { fundingOf } from './funding/settle-funding.ts';
import { AdlQuantiles } from './liquidation/adl-quantile.ts';
import { assess } from './liquidation/risk-unit.ts';
import { marginSlice } from './margin/fill-verdict.ts';
import { liquidationPriceOf } from './margin/liquidation-price.ts';
import { crossMaintained, isolatedMaintained } from './margin/maintenance.ts';
import { availableOf, type MarginFigures, marginFigures, marginRatio, usedMargin } from './margin/margin.ts';
import { findOrder } from './order-entry/find-order.ts';
import { previewOrder } from './order-entry/preview-order.ts';
import { isWaiting, recordOf } from './orders/order.ts';
import { strategyRecordOf } from './strategies/strategy.ts';
import type { Market } from './symbols/market.ts';

/** What may be read of the exchange between two commands. A user who has never acted has an empty account. */
export class ExchangeView implements ExchangeReads {
  readonly #state: ExchangeState;
  readonly #timeMs: () => number;
  readonly #quantiles: AdlQuantiles;

  constructor(state: ExchangeState, timeMs: () => number) {
    this.#state = state;
    this.#timeMs = timeMs;
    this.#quantiles = new AdlQuantiles(state, timeMs);
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
    for (const stance of this.#account(userId).stances) {
      if (symbol === undefined || stance.market.symbol === symbol)
        for (const order of stance.orders.values()) open.push(recordOf(order));
    }
    return open.sort((a, b) => b.orderId - a.orderId);
  }

  waitingOrders(userId: number, symbol?: string): readonly OrderRecord[] {
    return [...this.#account(userId).strategies.values()]
      .filter(({ market }) => symbol === undefined || market.symbol === symbol)
      .flatMap(({ pair }) =>
        pair.flatMap(({ order }) => (order !== undefined && isWaiting(order) ? [recordOf(order)] : [])),
      )
      .sort((a, b) => b.orderId - a.orderId);
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
    const { balance, maintenanceMargin } = crossMaintained(account, figures);
    return {
      wallet: account.wallet,
      isolatedMargin: figures.isolatedMargin,
      frozen: figures.frozen,
      used: usedMargin(figures),
      available: availableOf(figures),
      unrealizedPnl: unrealizedPnl(account),
      marginBalance: balance as Money,
      maintenanceMargin: figures.maintenanceMargin,
      marginRatio: marginRatio(maintenanceMargin, balance),
      volume30d: account.volume30d,
      feeLevel: this.#feeLevel(account),
    };
  }

  positions(userId: number, symbol?: string): readonly PositionView[] {
    const account = this.#account(userId);
    const figures = marginFigures(account);
    return account.stances
      .filter((stance) => symbol === undefined || stance.market.symbol === symbol)
      .flatMap((stance) => stance.legs)
      .filter((leg) => leg.quantity !== 0)
      .map((leg) => positionView(account, leg, { figures, adlQuantile: this.#quantiles.of(leg) }));
  }

  previewOrder(userId: number, order: NewOrder): OrderPreview | Rejected {
    return previewOrder(this.#state, this.#timeMs(), { userId, order });
  }

  settings(userId: number, symbol: string): { readonly leverage: number; readonly marginMode: MarginMode } | undefined {
    const market = this.#state.markets.get(symbol);
    if (market === undefined) return undefined;
    const { leverage, marginMode } = this.#account(userId).peek(market);
    return { leverage, marginMode };
  }

  insuranceFund(): InsuranceFundView {
    const { wallet, unrealizedPnl, held } = assess({ account: this.#account(INSURANCE_FUND_ID), leg: undefined });
    return {
      wallet: wallet as Money,
      unrealizedPnl: unrealizedPnl as Money,
      notional: held.reduce((sum, leg) => sum + leg.notional, 0n) as Money,
      positions: held.map(({ market, quantity, cost, unrealizedPnl: profit, notional }) => ({
        symbol: market.symbol,
        quantity,
        cost,
        mark: market.mark,
        unrealizedPnl: profit,
        notional,
      })),
    };
  }

  userSequence(userId: number): number {
    return this.#account(userId).eventSequence;
  }

  depth(symbol: string, levels = Number.POSITIVE_INFINITY): DepthView | undefined {
    const market = this.#state.markets.get(symbol);
    if (market === undefined) return undefined;
    return { version: market.depthVersion, bids: side(market, 'BUY', levels), asks: side(market, 'SELL', levels) };
  }

  /** By the schedule of the symbol that was listed first, unless the user's agent has one of its own. */
  #feeLevel(account: Account): number {
    for (const market of this.#state.markets.values()) return account.feeLevel(market);
    return 0;
  }

  #account(userId: number): Account {
    return this.#state.peekAccount(userId);
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

function unrealizedPnl(account: Account): Money {
  let sum = 0n;
  for (const stance of account.stances) for (const leg of stance.legs) sum += leg.unrealizedPnl;
  return sum as Money;
}

function positionView(
  account: Account,
  leg: Leg,
  { figures, adlQuantile }: { readonly figures: MarginFigures; readonly adlQuantile: number },
): PositionView {
  const { market, quantity, cost, position, life } = leg;
  const size = BigInt(Math.abs(quantity));
  const stepSize = market.parameters.stepSize;
  const initialMargin = leg.initialMargin;
  const slice = marginSlice(account, market);
  const perUnit = quantity > 0 ? ONE - BigInt(slice.takerRate) : ONE + BigInt(slice.takerRate);
  const breakEvenCost = quantity > 0 ? cost + position.openFees : cost - position.openFees;
  const { balance, maintenanceMargin } = leg.isolated ? isolatedMaintained(leg) : crossMaintained(account, figures);
  return {
    symbol: market.symbol,
    marginMode: leg.isolated ? 'ISOLATED' : 'CROSS',
    positionSide: leg.positionSide,
    positionId: life?.positionId ?? 0,
    openedAtMs: life?.openedAtMs ?? 0,
    updatedAtMs: life?.updatedAtMs ?? 0,
    fundingFeeAccum: life?.fundingFeeAccum ?? ZERO_MONEY,
    nextFundingFee: fundingOf(leg, market.estimatedFundingRate),
    leverage: leg.leverage,
    quantity,
    entryPrice: divide(cost * ONE, size * stepSize, 'half-up'),
    breakEvenPrice: divide(breakEvenCost * ONE * ONE, size * stepSize * perUnit, 'half-up'),
    liquidationPrice: liquidationPriceOf(slice, leg.positionSide),
    marginRatio: marginRatio(maintenanceMargin, balance),
    unrealizedPnl: leg.unrealizedPnl,
    roe: initialMargin === 0n ? 0n : divide(leg.unrealizedPnl * ONE, initialMargin, 'half-up'),
    mark: market.mark,
    margin: leg.isolated ? position.margin : initialMargin,
    maintenanceMargin: leg.maintenanceMargin,
    notional: leg.notional,
    adlQuantile,
  };
}
