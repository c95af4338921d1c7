import { Type } from 'typebox';
import { LEADERBOARD_PERIODS } from '../../enums.ts';
import { amount, count, oneOf, ratio, text, userId } from '../../scalars.ts';
import { defineRoute, NO_FIELDS } from '../define-route.ts';

/** Places that a reply shows. */
export const LEADERBOARD_LIMIT = 100;
/** Places there are; whoever stands behind them is not ranked. */
export const LEADERBOARD_RANKED_MAX = 10_000;

/** A trader with a place. */
export const LeaderView = Type.Object({
  rank: count('Place, from 1', 1, LEADERBOARD_RANKED_MAX),
  userId: userId('External id of the trader'),
  trader: text('Name of the trader, all but its ends masked', { maxLength: 16 }, 'a***e'),
  volume: amount('Value of the trades in the period, as maker and as taker'),
  pnlAmount: amount('Profit realised in the period by closing positions, before fees and funding'),
  pnlPct: ratio(
    'pnlAmount by what was in the contract wallet before the period and what came in during it; down to 8 decimals, at most 1',
  ),
});

/** Who has made the most. */
export const getPnlLeaderboard = defineRoute({
  method: 'GET',
  path: '/v1/public/leaderboard/pnl',
  auth: '-',
  callerOptional: true,
  rateLimit: 'public',
  summary: 'Traders by realised profit; at most 10 s old',
  query: Type.Object({
    period: oneOf(LEADERBOARD_PERIODS, 'The days of the ranking in UTC: today and those before, so many in all'),
  }),
  body: NO_FIELDS,
  data: Type.Object({
    list: Type.Array(LeaderView, {
      description: `The first ${LEADERBOARD_LIMIT}, best first; at one profit by volume. Only who has made a profit is ranked`,
    }),
    myRank: count('Place of the caller; 0 when not signed in or not ranked', 0, LEADERBOARD_RANKED_MAX),
  }),
  errors: [],
});
