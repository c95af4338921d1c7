import { alreadyUsed, faultyText } from '../identity/form.ts';
import { reject } from '../reject.ts';
import { admit } from './authorize.ts';
import type { AgentUserReference, CreateEmbedToken, CreateEntryTicket } from './command.ts';
import { CHANNEL_ID, FIRST_SYMBOL, REDIRECT_PATH, RETURN_URL, SIGN_ON_HASH } from './form.ts';
import { SIGN_ON_LIFE_MS } from './limits.ts';
import { refuse } from './reject.ts';
import type { AgencyResult } from './reply.ts';
import { resolveUser } from './resolve-user.ts';
import type { EmbedToken, EntryTicket } from './sign-ons.ts';
import type { Turn } from './state.ts';

export function createEntryTicket(turn: Turn, command: CreateEntryTicket): AgencyResult {
  const { ticketHash, redirectPath, returnUrl } = command;
  const admission = admit(turn.state, command.agentAuth, turn.timeMs);
  if (!admission.ok) return admission;
  const fault =
    faultyText({ field: 'ticketHash', value: ticketHash, form: SIGN_ON_HASH }) ??
    faultyText({ field: 'redirectPath', value: redirectPath, form: REDIRECT_PATH }) ??
    faultyText({ field: 'returnUrl', value: returnUrl, form: RETURN_URL });
  if (fault !== undefined) return fault;
  return createSignOn(turn, command, { kind: 'ticket', hash: ticketHash, redirectPath, returnUrl });
}

export function createEmbedToken(turn: Turn, command: CreateEmbedToken): AgencyResult {
  const { tokenHash, channelId, symbol = '' } = command;
  const admission = admit(turn.state, command.agentAuth, turn.timeMs);
  if (!admission.ok) return admission;
  const fault =
    faultyText({ field: 'tokenHash', value: tokenHash, form: SIGN_ON_HASH }) ??
    faultyText({ field: 'channelId', value: channelId, form: CHANNEL_ID }) ??
    faultyText({ field: 'symbol', value: symbol, form: FIRST_SYMBOL });
  if (fault !== undefined) return fault;
  return createSignOn(turn, command, { kind: 'embed-token', hash: tokenHash, channelId, symbol });
}

type Bearer = 'agentId' | 'userId' | 'expiresAtMs';

function createSignOn(
  { state, timeMs, ports, emit }: Turn,
  { agentAuth: { agentId }, user }: { agentAuth: { agentId: number }; user: AgentUserReference },
  fields: Omit<EntryTicket, Bearer> | Omit<EmbedToken, Bearer>,
): AgencyResult {
  const resolved = resolveUser(state.bindings, ports, { agentId, user });
  if (!resolved.ok) return resolved;
  const { userId } = resolved.binding;
  if (ports.userById(userId)?.disabled !== false) return reject('USER_DISABLED');
  if (state.signOns.get(fields.hash) !== undefined) {
    return alreadyUsed(fields.kind === 'ticket' ? 'ticketHash' : 'tokenHash');
  }
  if (state.signOns.isFullFor(agentId)) return refuse('AGENCY_FULL', { rule: 'tickets and embed tokens' });

  const expiresAtMs = timeMs + SIGN_ON_LIFE_MS;
  state.signOns.add({ ...fields, agentId, userId, expiresAtMs });
  emit({ type: 'sign-on-created', kind: fields.kind, agentId, userId, expiresAtMs });
  return { ok: true, kind: 'sign-on', userId, expiresAtMs };
}
