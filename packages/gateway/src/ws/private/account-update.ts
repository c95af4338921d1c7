import type { AccountUpdate, PositionView } from '@openvenue/contract';
import type { PositionView as CorePosition, Event, ExchangeReads, PositionRecord, SymbolView } from '@openvenue/core';
import { divide, formatDecimal, type Money, ONE, type PriceTicks } from '@openvenue/money';
import { positionView } from '../../mapping/position.ts';

export type AccountUpdated = Extract<Event, { readonly type: 'account-updated' }>;
export type PositionReads = Pick<ExchangeReads, 'symbol' | 'positions' | 'settings' | 'exitPrices'>;

const SETTLEMENT_ASSET = 'USDT';

/** Balances as of the event. Positions have the quantity and cost of the event; what moves with the mark, and exits, are as of now. */
export function accountUpdate(event: AccountUpdated, reads: PositionReads): AccountUpdate {
  const { account } = event;
  return {
    eventType: 'ACCOUNT_UPDATE',
    reason: event.reason,
    balances: [
      {
        assetType: SETTLEMENT_ASSET,
        walletBalance: formatDecimal(account.wallet),
        frozenBalance: formatDecimal(account.frozen),
        usedMargin: formatDecimal(account.used),
        availableBalance: formatDecimal(account.available),
      },
    ],
    positions: event.positions.map((position) => changedPosition(position, reads)),
  };
}

function changedPosition(record: PositionRecord, reads: PositionReads): PositionView {
  const symbol = reads.symbol(record.symbol);
  if (symbol === undefined) throw new Error(`an event names the unknown symbol ${record.symbol}`);
  const now = reads.positions(record.userId, record.symbol).find((each) => each.positionSide === record.positionSide);
  const position = now !== undefined && isOf(record, now) ? now : positionOfEvent(record, symbol, reads);
  const exits = reads.exitPrices(record.userId, record.symbol, record.positionSide);
  return positionView(position, symbol.parameters, exits);
}

const isOf = (record: PositionRecord, now: CorePosition): boolean =>
  now.positionId === record.positionId &&
  now.quantity === record.quantity &&
  (now.marginMode === 'CROSS' || now.margin === record.margin);

/**
 * A position that is closed, or that has moved on since the event. Profit and margin follow from quantity, cost and mark; what depends on
 * the rest of the account (liquidation price, margin ratio, maintenance margin) has no value then, and the newer event brings it.
 */
function positionOfEvent(record: PositionRecord, symbol: SymbolView, reads: PositionReads): CorePosition {
  const { tickSize, stepSize, defaultLeverage } = symbol.parameters;
  const settings = reads.settings(record.userId, record.symbol);
  const leverage = settings?.leverage ?? defaultLeverage;
  const size = BigInt(Math.abs(record.quantity));
  const notional = (size * BigInt(symbol.mark) * tickSize * stepSize) / ONE;
  const profit = record.quantity < 0 ? record.cost - notional : record.quantity === 0 ? 0n : notional - record.cost;
  const initialMargin = divide(record.cost, BigInt(leverage), 'up');
  const marginMode = settings?.marginMode ?? 'CROSS';
  const margin = marginMode === 'ISOLATED' ? record.margin : initialMargin;
  const entryPrice = size === 0n ? 0n : divide(record.cost * ONE, size * stepSize, 'half-up');
  return {
    symbol: record.symbol,
    marginMode,
    positionSide: record.positionSide,
    positionId: record.positionId,
    openedAtMs: 0,
    updatedAtMs: 0,
    fundingFeeAccum: 0n as Money,
    nextFundingFee: 0n as Money,
    leverage,
    quantity: record.quantity,
    entryPrice,
    breakEvenPrice: entryPrice,
    liquidationPrice: 0 as PriceTicks,
    marginRatio: 0n,
    unrealizedPnl: profit as Money,
    roe: initialMargin === 0n ? 0n : divide(profit * ONE, initialMargin, 'half-up'),
    mark: symbol.mark,
    margin: margin as Money,
    maintenanceMargin: 0n as Money,
    notional: notional as Money,
    adlQuantile: 1,
  };
}
