import { hold } from './difference.ts';
import { total } from './fraction.ts';
import type { MarginAccount } from './margin-account.ts';
import { type Holding, lots, sideOf } from './user-books.ts';

/**
 * MRG-9 without its formula. What is left over maintenance is a concave function of the price (the balance is linear, and
 * maintenance rises ever faster), so the safe ticks are one interval and it is enough to look at the ends that are claimed.
 */
export function holdLiquidationTick(account: MarginAccount, holding: Holding, claimed: bigint): void {
  const symbol = account.symbol(holding.symbol);
  const { mark } = symbol;
  const highest = BigInt(symbol.parameters.maxPrice);
  const acts = (tick: bigint): boolean => tick >= 1n && liquidates(account, holding, tick);
  const need = (holds: boolean, rule: string): void =>
    hold(`MRG-9: liqPrice of ${holding.symbol} ${holding.positionSide}: ${rule}`, holds, {
      userId: account.user.userId,
      seen: { claimed, mark, quantity: holding.quantity, cost: holding.cost, margin: holding.margin },
    });
  if (claimed === 0n) {
    need(!acts(mark), 'the mark does not act');
    need(!acts(1n), 'the lowest tick does not act');
    need(!acts(highest), 'the highest tick does not act');
    return;
  }
  need(acts(claimed), 'it acts');
  const away = claimed > mark ? claimed - mark : mark - claimed;
  if (away === 0n) return;
  need(!acts(mark), 'the mark does not act');
  const nearer = away - 1n;
  need(!acts(mark + nearer), 'nothing nearer above acts');
  need(!acts(mark - nearer), 'nothing nearer below acts');
  if (claimed > mark) need(!acts(mark - away), 'the lower of two is it');
}

/** LIQ-1 with the mark of one symbol at `tick` and all else as it is. */
function liquidates(account: MarginAccount, holding: Holding, tick: bigint): boolean {
  const symbol = account.symbol(holding.symbol);
  const at = (each: Holding): bigint =>
    each.symbol === holding.symbol ? symbol.value(tick, lots(each)) : account.notional(each);
  const pnl = (each: Holding): bigint => sideOf(each) * (at(each) - each.cost);
  const maintenance = (each: Holding): bigint => account.symbol(each.symbol).maintenance(at(each));
  if (account.user.isIsolated(holding.symbol)) return holding.margin + pnl(holding) < maintenance(holding);
  const { cross } = account;
  return account.user.crossWallet + total(cross.map(pnl)) < total(cross.map(maintenance));
}
