import assert from 'node:assert/strict';
import { operations } from '@openvenue/contract';
import { sourceText } from '../../access/address.ts';
import { oneTimeTokenHash } from '../../access/one-time-token.ts';
import { newSessionId } from '../../access/refresh-cookie.ts';
import { defined } from '../../defined.ts';
import { answer } from '../../failure.ts';
import { publicEndpoint } from '../../http/endpoint.ts';
import { exchange } from './exchange.ts';

/** Longer ones are no origin; they are cut, so that the command that burns the token stays small. */
const ORIGIN_MAX_LENGTH = 512;

export const exchangeEmbedToken = publicEndpoint(operations.exchangeEmbedToken, async (venue, { body, context }) => {
  const { node, random, embedSessionTtlMs: lifeMs, tokens } = venue;
  const { nowMs, embedOrigin } = context;
  const ip = sourceText(context.ip);
  const { embedToken, channelId, deviceId } = body;
  const sessionId = newSessionId(random);
  const exchanged = await exchange(venue, context, {
    kind: 'embed-session',
    command: {
      type: 'exchange-embed-token',
      tokenHash: oneTimeTokenHash(embedToken),
      channelId,
      embedOrigin: embedOrigin.slice(0, ORIGIN_MAX_LENGTH),
      session: { sessionId, refreshExpiresAtMs: nowMs + lifeMs, ip, ...defined({ deviceId }) },
    },
  });
  if (!exchanged.ok) return exchanged;
  const user = node.core.identity.userById(exchanged.reply.userId);
  assert(user !== undefined, 'a session belongs to a user');
  return answer(await tokens.issue({ externalUserId: user.externalUserId, sessionId, lifeMs }, nowMs));
});
