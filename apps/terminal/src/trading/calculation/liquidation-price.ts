import type { Instrument } from './instrument.ts';
import { absolute, type PositionFigures, valueAt } from './stance.ts';

/** A cross account as one of its positions sees it; in 1e-8. */
export interface CrossAccount {
  readonly wallet: bigint;
  /** Sums over the positions in other markets. */
  readonly otherUnrealizedPnl: bigint;
  readonly otherMaintenanceMargin: bigint;
}

/** Prices are searched up to this multiple of the mark; a liquidation beyond it is none to speak of. */
const HIGHEST_BY_MARK = 10n;

/** Signed unrealised profit and loss at a price; exact. */
export function unrealizedPnlAt(position: PositionFigures, price: bigint): bigint {
  return valueAt(price, position.quantity) - (position.quantity < 0n ? -position.cost : position.cost);
}

/**
 * The tick nearest to the mark at which a cross one-way position is liquidated with all else as it is (MRG-9): the balance
 * is then below the maintenance margin. The mark itself when that is so already; undefined when no price does it.
 */
export function liquidationPrice(
  account: CrossAccount,
  position: PositionFigures,
  { instrument, mark }: { readonly instrument: Instrument; readonly mark: bigint },
): bigint | undefined {
  const { tickSize, tiers } = instrument;
  if (position.quantity === 0n || mark <= 0n) return undefined;
  const size = absolute(position.quantity);
  const balanceElsewhere = account.wallet + account.otherUnrealizedPnl;
  const acts = (ticks: bigint): boolean => {
    const price = ticks * tickSize;
    const maintenance = account.otherMaintenanceMargin + tiers.maintenanceMargin(valueAt(price, size));
    return balanceElsewhere + unrealizedPnlAt(position, price) < maintenance;
  };
  const markTicks = mark / tickSize;
  if (acts(markTicks)) return mark;
  const isLong = position.quantity > 0n;
  let safe = markTicks;
  let acting = isLong ? 1n : markTicks * HIGHEST_BY_MARK;
  if (!acts(acting)) return undefined;
  while (absolute(safe - acting) > 1n) {
    const middle = (safe + acting) / 2n;
    if (acts(middle)) acting = middle;
    else safe = middle;
  }
  return acting * tickSize;
}
