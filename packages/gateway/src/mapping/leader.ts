import type { LeaderView } from '@openvenue/contract';
import type { User } from '@openvenue/core';
import { divide, formatDecimal, type Money, ONE } from '@openvenue/money';
import type { Leader } from '@openvenue/views';

/** A trader with a place as the leaderboard shows him. */
export const leaderView = (leader: Leader, user: User, rank: number): LeaderView => ({
  rank,
  userId: user.externalUserId,
  trader: maskedName(user.displayName === '' ? user.username : user.displayName),
  volume: formatDecimal(leader.tradedValue),
  pnlAmount: formatDecimal(leader.realizedPnl),
  pnlPct: formatDecimal(shareOf(leader.realizedPnl, leader.capital)),
});

/** The first and the last character of a name; how many are between them stays hidden, too. */
export function maskedName(name: string): string {
  const shown = [...name.toWellFormed().replace(/[\p{C}\p{Z}]/gu, '')];
  const [first = ''] = shown;
  return `${first}***${shown.length > 2 ? shown.at(-1) : ''}`;
}

const shareOf = (profit: Money, capital: Money): bigint =>
  capital <= profit ? ONE : divide(profit * ONE, capital, 'down');
