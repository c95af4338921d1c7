import assert from 'node:assert/strict';
import { operations } from '@openvenue/contract';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { execute } from '../command.ts';

export const logout = privateEndpoint(operations.logout, async (venue, { principal, context }) => {
  assert(principal.kind === 'session', 'only sessions get here');
  const { userId, sessionId } = principal;
  const revoked = await execute(venue, { type: 'revoke-session', sessionId }, { kind: 'done', userId });
  if (!revoked.ok) return revoked;
  context.setRefreshCookie('', 0);
  return answer({});
});
