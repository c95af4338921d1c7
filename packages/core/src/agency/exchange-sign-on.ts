import type { ExchangeEmbedToken, ExchangeTicket } from './command.ts';
import type { SignOnEnd } from './event.ts';
import type { NewAgencySession } from './ports.ts';
import { type AgencyRejected, refuse } from './reject.ts';
import type { AgencyResult } from './reply.ts';
import type { SignOn } from './sign-ons.ts';
import type { Turn } from './state.ts';

export function exchangeTicket(turn: Turn, { ticketHash, session }: ExchangeTicket): AgencyResult {
  const ticket = turn.state.signOns.get(ticketHash);
  if (ticket === undefined) return refuse('TOKEN_INVALID');
  if (ticket.kind !== 'ticket' || !isAgentActive(turn, ticket)) return burn(turn, ticket);

  const { agentId, userId, redirectPath, returnUrl } = ticket;
  const { sessionId, refreshExpiresAtMs } = session;
  const refusal = openSession(turn, ticket, { ...session, userId, kind: 'entry' });
  if (refusal !== undefined) return refusal;
  return {
    ok: true,
    kind: 'ticket-session',
    agentId,
    userId,
    sessionId,
    refreshExpiresAtMs,
    redirectPath,
    returnUrl,
  };
}

export function exchangeEmbedToken(turn: Turn, command: ExchangeEmbedToken): AgencyResult {
  const { tokenHash, channelId, embedOrigin, session } = command;
  const token = turn.state.signOns.get(tokenHash);
  if (token === undefined) return refuse('TOKEN_INVALID');
  const isForThisFrame =
    token.kind === 'embed-token' &&
    token.channelId === channelId &&
    turn.state.agents.get(token.agentId)?.origins.includes(embedOrigin) === true;
  if (!isForThisFrame || !isAgentActive(turn, token)) return burn(turn, token);

  const { agentId, userId, symbol } = token;
  const { sessionId, refreshExpiresAtMs } = session;
  const refusal = openSession(turn, token, { ...session, userId, kind: 'embed', refreshTokenHash: '' });
  if (refusal !== undefined) return refusal;
  return { ok: true, kind: 'embed-session', agentId, userId, sessionId, refreshExpiresAtMs, symbol };
}

const isAgentActive = ({ state }: Turn, { agentId }: SignOn): boolean => state.agents.get(agentId)?.disabled === false;

function end({ state, emit }: Turn, signOn: SignOn, reason: SignOnEnd): void {
  const { kind, agentId, userId } = signOn;
  state.signOns.remove(signOn);
  emit({ type: 'sign-on-ended', kind, agentId, userId, reason });
}

function burn(turn: Turn, signOn: SignOn): AgencyRejected {
  end(turn, signOn, 'BURNT');
  return refuse('TOKEN_INVALID');
}

/** Uses the sign-on up, also when no session comes of it: whoever presented it has shown it. */
function openSession(turn: Turn, signOn: SignOn, session: NewAgencySession): AgencyRejected | undefined {
  const refusal = turn.ports.openSession(session);
  end(turn, signOn, refusal === undefined ? 'USED' : 'BURNT');
  return refusal;
}

/** Ends the tickets and embed tokens that nobody used in their time. */
export function endExpiredSignOns(state: Turn['state'], timeMs: number, emit: Turn['emit']): void {
  for (;;) {
    const signOn = state.signOns.takeExpired(timeMs);
    if (signOn === undefined) return;
    const { kind, agentId, userId } = signOn;
    emit({ type: 'sign-on-ended', kind, agentId, userId, reason: 'EXPIRED' });
  }
}
