import assert from 'node:assert/strict';
import { operations } from '@openvenue/contract';
import { answer } from '../../failure.ts';
import { publicEndpoint } from '../../http/endpoint.ts';
import { leaderView } from '../../mapping/leader.ts';

export const getPnlLeaderboard = publicEndpoint(
  operations.getPnlLeaderboard,
  async ({ node, leaderboards }, { query, principal, context }) => {
    const { identity, sequence, timeMs } = node.core;
    const now = { timeMs: Math.max(timeMs, context.nowMs), sequence };
    const asked = await leaderboards.of(query.period, now);
    if (!asked.ok) return asked;
    const { leaders, ranking } = asked.value;
    const list = leaders.map((leader, index) => {
      const user = identity.userById(leader.userId);
      assert(user !== undefined, 'who has traded is a user');
      return leaderView(leader, user, index + 1);
    });
    return answer({ list, myRank: principal === undefined ? 0 : ranking.indexOf(principal.userId) + 1 });
  },
);
