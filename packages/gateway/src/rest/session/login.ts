import { operations } from '@openvenue/contract';
import type { Command } from '@openvenue/core';
import { sourceText } from '../../access/address.ts';
import { newRefreshToken, newSessionId, refreshTokenHash } from '../../access/refresh-cookie.ts';
import { defined } from '../../defined.ts';
import { answer, fail } from '../../failure.ts';
import { publicEndpoint } from '../../http/endpoint.ts';
import { execute } from '../command.ts';

// One answer for a wrong password, an unknown name, a user without a password and one who is disabled.
const WRONG = fail('INVALID_TOKEN', { message: 'Invalid username or password' });

export const login = publicEndpoint(operations.login, async (venue, { body, context }) => {
  const { node, limits, passwords, random, refreshCookie, refreshTtlMs, tokens } = venue;
  const limit = limits.takeOfName(body.username, context.nowMs);
  if (!limit.allowed) {
    context.limited(limit);
    return fail('RATE_LIMITED');
  }
  const user = node.core.identity.userByName(body.username);
  const verification = passwords.verify(body.password, user?.passwordHash);
  if (verification === undefined) return fail('TEMPORARILY_UNAVAILABLE');
  if (!(await verification) || user === undefined || user.disabled) return WRONG;

  const sessionId = newSessionId(random);
  const token = newRefreshToken(random);
  const nowMs = venue.clock.nowMs();
  const command: Command = {
    type: 'open-session',
    userId: user.userId,
    sessionId,
    refreshTokenHash: refreshTokenHash(token),
    refreshExpiresAtMs: nowMs + refreshTtlMs,
    ip: sourceText(context.ip),
    ...defined({ deviceId: body.deviceId, deviceName: body.deviceName }),
  };
  const opened = await execute(venue, command, { kind: 'session', userId: user.userId });
  if (!opened.ok) return opened;
  context.setRefreshCookie(refreshCookie.write({ sessionId, token }), refreshTtlMs);
  return answer(await tokens.issue({ externalUserId: user.externalUserId, sessionId }, nowMs));
});
