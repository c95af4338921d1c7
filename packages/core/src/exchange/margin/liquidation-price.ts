import { divide, ONE, type PriceTicks } from '@openvenue/money';
import type { Account } from '../accounts/account.ts';
import type { PositionSide } from '../enums.ts';
import type { Position } from '../positions/position.ts';
import { maintenanceMarginOf, unrealizedPnlOf } from '../positions/position-at-price.ts';
import type { Market } from '../symbols/market.ts';
import { crossMaintenanceMargin, crossUnrealizedPnl, type MarginSlice, marginSlice } from './fill-verdict.ts';

/** Most ticks that are tried one by one where the legs' rounding decides; nothing but a hedge whose legs cancel out needs more. */
const MAX_TRIED = 4_096;

/** Positions of one market that one balance stands behind, and what else that balance carries. */
interface Backed {
  readonly market: Market;
  /** One one-way or isolated position, or both legs of a cross hedge; none of size 0. */
  readonly positions: readonly Position[];
  /** Margin balance without the unrealised PnL of these positions, and the maintenance margin of all others. */
  readonly balance: bigint;
  readonly maintenanceElsewhere: bigint;
}

/** The same for a leg of an account as it stands. */
export const liquidationPrice = (account: Account, market: Market, positionSide: PositionSide): PriceTicks =>
  liquidationPriceOf(marginSlice(account, market), positionSide);

/**
 * The tick nearest to the mark, in either direction (equal: the lower), at which a position is liquidated with all else as it is
 * (MRG-9); 0 for none up to `maxPrice`. Both legs of a cross hedge have one price, and there can be one on each side of the mark.
 */
export function liquidationPriceOf(slice: MarginSlice, positionSide: PositionSide): PriceTicks {
  const own = slice.positions[positionSide];
  if (own.quantity === 0) return 0 as PriceTicks;
  const { market } = slice;
  if (slice.isolated) return nearest({ market, positions: [own], balance: own.margin, maintenanceElsewhere: 0n });
  const positions =
    positionSide === 'BOTH'
      ? [own]
      : [slice.positions.LONG, slice.positions.SHORT].filter((position) => position.quantity !== 0);
  const here = positions.reduce((sum, position) => sum + unrealizedPnlOf(position, market), 0n);
  const maintained = positions.reduce((sum, position) => sum + maintenanceMarginOf(position, market), 0n);
  return nearest({
    market,
    positions,
    balance: slice.crossWallet + crossUnrealizedPnl(slice) - here,
    maintenanceElsewhere: crossMaintenanceMargin(slice) - maintained,
  });
}

function nearest(backed: Backed): PriceTicks {
  const { mark } = backed.market;
  if (acts(backed, mark)) return mark;
  const below = firstActing(backed, -1);
  const above = firstActing(backed, 1);
  if (below === 0 || above === 0) return (below === 0 ? above : below) as PriceTicks;
  return (mark - below <= above - mark ? below : above) as PriceTicks;
}

/** LIQ-1 at a price, to the last unit. */
function acts({ market, positions, balance, maintenanceElsewhere }: Backed, price: number): boolean {
  let spare = balance - maintenanceElsewhere;
  for (const position of positions)
    spare += unrealizedPnlOf(position, market, price) - maintenanceMarginOf(position, market, price);
  return spare < 0n;
}

/**
 * Goes from the mark to one side, stretch by stretch between the prices at which a leg changes its tier. Within a stretch balance
 * less maintenance is a straight line but for the rounding of each leg's maintenance margin, which can only take it lower, and by
 * less than one unit a leg.
 */
function firstActing(backed: Backed, direction: 1 | -1): number {
  const { market, positions } = backed;
  const last = direction === 1 ? market.parameters.maxPrice : 1;
  let from = market.mark + direction;
  while (direction * (last - from) >= 0) {
    const to = stretchEnd(backed, from, direction);
    const start = spareAt(backed, from);
    const slope = slopeOf(backed, from) * BigInt(direction);
    const sure = stepsTo(start, slope, 0n);
    const perhaps = stepsTo(start, slope, BigInt(positions.length) * ONE);
    const length = Math.abs(to - from);
    if (perhaps !== undefined && perhaps <= length) {
      const end = Math.min(length, sure ?? length, perhaps + MAX_TRIED);
      for (let steps = perhaps; steps <= end; steps++)
        if (acts(backed, from + direction * steps)) return from + direction * steps;
      if (sure !== undefined && sure <= length) return from + direction * sure;
    }
    from = to + direction;
  }
  return 0;
}

/** The last price of the stretch that `from` is in: every leg keeps its tier. */
function stretchEnd({ market, positions }: Backed, from: number, direction: 1 | -1): number {
  let end: number = direction === 1 ? market.parameters.maxPrice : 1;
  for (const position of positions) {
    const size = sizeOf(position, market);
    const tier = market.tiers.tiers[market.tiers.tierOf(size * BigInt(from))];
    if (tier === undefined) continue;
    if (direction === -1) end = Math.max(end, Number(divide(tier.floor, size, 'down')) + 1);
    else if (tier !== market.tiers.tiers.at(-1)) end = Math.min(end, Number(divide(tier.cap, size, 'down')));
  }
  return end;
}

/** Balance less maintenance before rounding, in 1e-16. */
function spareAt({ market, positions, balance, maintenanceElsewhere }: Backed, price: number): bigint {
  let spare = (balance - maintenanceElsewhere) * ONE;
  for (const position of positions) {
    const notional = sizeOf(position, market) * BigInt(price);
    spare += unrealizedPnlOf(position, market, price) * ONE - market.tiers.exactMaintenance(notional);
  }
  return spare;
}

/** How much {@link spareAt} grows with each tick up, in the stretch of `price`. */
function slopeOf({ market, positions }: Backed, price: number): bigint {
  let slope = 0n;
  for (const position of positions) {
    const size = sizeOf(position, market);
    const rate = market.tiers.tiers[market.tiers.tierOf(size * BigInt(price))]?.maintenanceMarginRate ?? 0;
    slope += (position.quantity > 0 ? size : -size) * ONE - size * BigInt(rate);
  }
  return slope;
}

/** The fewest steps, from 0 on, after which `start + steps x slope` is below `bound`; undefined for never. */
function stepsTo(start: bigint, slope: bigint, bound: bigint): number | undefined {
  if (start < bound) return 0;
  if (slope >= 0n) return undefined;
  return Number((start - bound) / -slope) + 1;
}

const sizeOf = (position: Position, market: Market): bigint => BigInt(Math.abs(position.quantity)) * market.unit;
