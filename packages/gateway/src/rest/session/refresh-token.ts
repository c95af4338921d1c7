import assert from 'node:assert/strict';
import { operations } from '@openvenue/contract';
import type { Command } from '@openvenue/core';
import { newRefreshToken, refreshTokenHash } from '../../access/refresh-cookie.ts';
import { answer, fail } from '../../failure.ts';
import { publicEndpoint } from '../../http/endpoint.ts';
import { execute } from '../command.ts';

export const refreshToken = publicEndpoint(operations.refreshToken, async (venue, { context }) => {
  const { node, random, refreshCookie, refreshTtlMs, tokens } = venue;
  if (context.refreshCookie === undefined) return fail('UNAUTHENTICATED');
  const presented = refreshCookie.read(context.refreshCookie);
  if (presented === undefined) return fail('INVALID_TOKEN');
  const { sessionId } = presented;
  // A cookie that leads nowhere is refused without a command: anyone can make one up.
  const session = node.core.identity.session(sessionId);
  if (session === undefined) return fail('INVALID_TOKEN');

  const token = newRefreshToken(random);
  const command: Command = {
    type: 'rotate-refresh-token',
    sessionId,
    presentedTokenHash: refreshTokenHash(presented.token),
    nextTokenHash: refreshTokenHash(token),
    refreshExpiresAtMs: context.nowMs + refreshTtlMs,
  };
  const rotated = await execute(venue, command, { kind: 'session', userId: session.userId });
  if (!rotated.ok) return rotated;
  const user = node.core.identity.userById(session.userId);
  assert(user !== undefined, 'a session belongs to a user');
  context.setRefreshCookie(refreshCookie.write({ sessionId, token }), refreshTtlMs);
  return answer(await tokens.issue({ externalUserId: user.externalUserId, sessionId }, context.nowMs));
});
