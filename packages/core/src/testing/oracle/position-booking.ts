import type { CloseTrigger, Side } from '../../exchange/enums.ts';
import { hold } from './difference.ts';
import { ceil, floor, most, nearest, UNIT } from './fraction.ts';
import type { MarginAccount } from './margin-account.ts';
import { type Holding, lots, sideOf } from './user-books.ts';

/** A part of a fill that only closes or only opens. */
export interface Part {
  readonly quantity: bigint;
  readonly value: bigint;
  readonly fee: bigint;
}

/** The end of a position as POS-6 tells it. */
export interface Ending {
  readonly positionId: number;
  readonly userId: number;
  readonly symbol: string;
  readonly positionSide: string;
  readonly direction: string;
  readonly leverage: number;
  readonly marginMode: string;
  readonly maxQuantity: number;
  readonly closedQuantity: bigint;
  readonly openedValue: bigint;
  readonly closedValue: bigint;
  readonly entryPrice: bigint;
  readonly closePrice: bigint;
  readonly realizedPnl: bigint;
  readonly roe: bigint;
  readonly fundingFeeAccum: bigint;
  readonly closeTrigger: CloseTrigger;
  readonly openedAtMs: number;
  readonly closedAtMs: number;
}

/** What a closing part releases of a figure: a long gives up its share rounded up, a short rounded down, each against the trader. */
function shareOf(holding: Holding, figure: bigint, quantity: bigint): bigint {
  const held = lots(holding);
  if (quantity === held) return figure;
  return holding.quantity > 0n ? ceil(figure * quantity, held) : floor(figure * quantity, held);
}

/** Cost that closing a quantity releases (POS-6). */
export const releasedCost = (holding: Holding, quantity: bigint): bigint => shareOf(holding, holding.cost, quantity);

/**
 * Books a closing part on its position (POS-6, MRG-2). Who is liquidated keeps his margin until the step is through (LIQ-2). Returns the
 * realised PnL.
 */
export function bookClosing(
  account: MarginAccount,
  holding: Holding,
  part: Part & { readonly keepsMargin?: boolean },
): bigint {
  const { user } = account;
  const held = lots(holding);
  const all = part.quantity === held;
  const released = releasedCost(holding, part.quantity);
  const pnl = sideOf(holding) * (part.value - released);
  holding.openFees -= shareOf(holding, holding.openFees, part.quantity);
  const { life } = holding;
  if (life === undefined) throw new Error(`user ${user.userId} closes a position that has not begun`);
  life.closedQuantity += part.quantity;
  life.closedValue += part.value;
  life.realizedPnl += pnl;
  if (user.isIsolated(holding.symbol) && part.keepsMargin === true) holding.margin += pnl - part.fee;
  else if (user.isIsolated(holding.symbol)) {
    const margin = all ? holding.margin : floor(holding.margin * part.quantity, held);
    const left = margin + pnl - part.fee;
    holding.margin += (left < 0n ? left : 0n) - margin;
    user.crossWallet += most(0n, left);
  } else user.crossWallet += pnl - part.fee;
  holding.cost -= released;
  holding.quantity -= sideOf(holding) * part.quantity;
  user.positionMoved();
  return pnl;
}

/** Books an opening part; its fee is the cross wallet's in both modes (MRG-2). */
export function bookOpening(account: MarginAccount, holding: Holding, part: Part & { readonly side: Side }): void {
  const { user } = account;
  holding.quantity += part.side === 'BUY' ? part.quantity : -part.quantity;
  holding.cost += part.value;
  holding.openFees += part.fee;
  user.crossWallet -= part.fee;
  if (user.isIsolated(holding.symbol)) {
    const margin = ceil(part.value, account.leverage(holding.symbol));
    holding.margin += margin;
    user.crossWallet -= margin;
  }
  const { life } = holding;
  if (life === undefined) throw new Error(`user ${user.userId} opens a position without an id`);
  life.openedQuantity += part.quantity;
  life.openedValue += part.value;
  life.maxQuantity = most(life.maxQuantity, lots(holding));
  user.positionMoved();
}

/** Takes a position's life away and tells it (POS-6). `direction` is what it was before its last fill. */
export function endLife(
  account: MarginAccount,
  holding: Holding,
  end: { readonly wasLong: boolean; readonly trigger: CloseTrigger; readonly atMs: number },
): Ending {
  const { life, symbol } = holding;
  if (life === undefined) throw new Error('a position ends that has not begun');
  holding.life = undefined;
  const { stepSize } = account.symbol(symbol).parameters;
  const leverage = account.leverage(symbol);
  const { openedValue, closedValue, openedQuantity, closedQuantity, maxQuantity, realizedPnl } = life;
  return {
    positionId: life.positionId,
    userId: account.user.userId,
    symbol,
    positionSide: holding.positionSide,
    direction: end.wasLong ? 'long' : 'short',
    leverage: Number(leverage),
    marginMode: account.user.isIsolated(symbol) ? 'ISOLATED' : 'CROSS',
    maxQuantity: Number(maxQuantity),
    closedQuantity,
    openedValue,
    closedValue,
    entryPrice: nearest(openedValue * UNIT, openedQuantity * stepSize),
    closePrice: nearest(closedValue * UNIT, closedQuantity * stepSize),
    realizedPnl,
    roe: openedValue === 0n ? 0n : nearest(realizedPnl * leverage * openedQuantity * UNIT, openedValue * maxQuantity),
    fundingFeeAccum: life.funding,
    closeTrigger: end.trigger,
    openedAtMs: life.openedAtMs,
    closedAtMs: end.atMs,
  };
}

/** MRG-11 for a closing part, before it is booked: its price is no worse than the bankruptcy price (LIQ-6). */
export function holdClosingPrice(account: MarginAccount, holding: Holding, priceTicks: bigint): void {
  const symbol = account.symbol(holding.symbol);
  const { user } = account;
  const balance = user.isIsolated(holding.symbol) ? holding.margin + account.pnl(holding) : account.balance;
  const perTick = symbol.value(1n, lots(holding));
  const long = holding.quantity > 0n;
  const exact = symbol.mark * perTick - sideOf(holding) * balance;
  const bankruptcy = most(1n, long ? ceil(exact, perTick) : floor(exact, perTick));
  hold('MRG-11: the price of a closing fill', long ? priceTicks >= bankruptcy : priceTicks <= bankruptcy, {
    userId: user.userId,
    seen: { symbol: holding.symbol, quantity: holding.quantity, balance, priceTicks, bankruptcy, mark: symbol.mark },
  });
}

/** MRG-11 for a closing part, after it. */
export function holdClosingBalance(account: MarginAccount, holding: Holding): void {
  const own = account.user.isIsolated(holding.symbol);
  const balance = own ? holding.margin + account.pnl(holding) : account.balance;
  hold('MRG-11: the margin balance after a closing fill', balance >= 0n, {
    userId: account.user.userId,
    seen: { symbol: holding.symbol, balance },
  });
}

/** MRG-11 for an opening part, after it. */
export function holdOpening(account: MarginAccount, holding: Holding): void {
  const { user } = account;
  const { crossInitialMargin, balance, crossMaintenance } = account;
  const { crossWallet } = user;
  const own = user.isIsolated(holding.symbol) ? { margin: holding.margin, pnl: account.pnl(holding) } : undefined;
  hold(
    'MRG-11: the margin after an opening fill',
    crossWallet >= crossInitialMargin &&
      balance >= crossMaintenance &&
      (own === undefined || own.margin + own.pnl >= account.maintenance(holding)),
    {
      userId: user.userId,
      seen: { symbol: holding.symbol, crossWallet, crossInitialMargin, balance, crossMaintenance, ...own },
    },
  );
}
