import assert from 'node:assert/strict';
import { operations } from '@openvenue/contract';
import { sourceText } from '../../access/address.ts';
import { oneTimeTokenHash } from '../../access/one-time-token.ts';
import { newRefreshToken, newSessionId, refreshTokenHash } from '../../access/refresh-cookie.ts';
import { defined } from '../../defined.ts';
import { answer } from '../../failure.ts';
import { publicEndpoint } from '../../http/endpoint.ts';
import { exchange } from './exchange.ts';

export const exchangeTicket = publicEndpoint(operations.exchangeTicket, async (venue, { body, context }) => {
  const { node, random, refreshCookie, refreshTtlMs, tokens } = venue;
  const { nowMs } = context;
  const sessionId = newSessionId(random);
  const token = newRefreshToken(random);
  const exchanged = await exchange(venue, context, {
    kind: 'ticket-session',
    command: {
      type: 'exchange-ticket',
      ticketHash: oneTimeTokenHash(body.ticket),
      session: {
        sessionId,
        refreshTokenHash: refreshTokenHash(token),
        refreshExpiresAtMs: nowMs + refreshTtlMs,
        ip: sourceText(context.ip),
        ...defined({ deviceId: body.deviceId }),
      },
    },
  });
  if (!exchanged.ok) return exchanged;
  const { userId, redirectPath, returnUrl } = exchanged.reply;
  const user = node.core.identity.userById(userId);
  assert(user !== undefined, 'a session belongs to a user');
  context.setRefreshCookie(refreshCookie.write({ sessionId, token }), refreshTtlMs);
  const issued = await tokens.issue({ externalUserId: user.externalUserId, sessionId }, nowMs);
  return answer({ ...issued, redirectPath, returnUrl });
});
