import { actor } from '../exchange/forms/command-form.ts';
import { anyNumber, anyText, type Form, field, flag, list, maybe, record } from '../exchange/forms/form.ts';
import { type Rejected, reject } from '../reject.ts';
import type { AgencyCommand } from './command.ts';

const anyAmount: Form = (value) => (typeof value === 'bigint' ? undefined : 'must be an amount of money');

const agentId = field('agentId', anyNumber);
const seq = field('seq', anyNumber);
const amount = field('amount', anyAmount);
const currency = field('currency', anyText);
const direction = field('direction', anyText);
const agentOrderNo = field('agentOrderNo', anyText);
const channelId = field('channelId', anyText);
const agentAuth = field('agentAuth', record(agentId, field('nonceHash', anyText), field('expiresAtMs', anyNumber)));
const user = field('user', record(field('agentUserId', maybe(anyText)), field('platformUserId', maybe(anyText))));
const drawn = [
  field('sessionId', anyText),
  field('refreshExpiresAtMs', anyNumber),
  field('ip', anyText),
  field('deviceId', maybe(anyText)),
  field('deviceName', maybe(anyText)),
];
const texts = list(undefined, anyText);

/** The type of every part of every command about agents; lengths, characters and ranges are judged at their turn. */
const COMMANDS: Readonly<Record<AgencyCommand['type'], Form>> = {
  'create-agent': record(
    field('agentCode', anyText),
    field('publicNumber', anyText),
    field('name', anyText),
    field('webhookUrl', anyText),
    field('sealedSecrets', texts),
    field('origins', texts),
    field('ipAllowList', maybe(texts)),
    field('depositless', flag),
  ),
  'update-agent': record(
    agentId,
    field('name', maybe(anyText)),
    field('webhookUrl', maybe(anyText)),
    field('sealedSecrets', maybe(texts)),
    field('origins', maybe(texts)),
    field('ipAllowList', maybe(texts)),
    field('depositless', maybe(flag)),
    field('disabled', maybe(flag)),
  ),
  'adjust-agent-deposit': record(agentId, amount),
  'take-nonce': record(agentAuth),
  'bind-user': record(
    agentAuth,
    field('agentUserId', anyText),
    field('displayName', maybe(anyText)),
    field('externalUserId', anyText),
  ),
  transfer: record(agentAuth, agentOrderNo, user, direction, currency, amount),
  'transfer-all-out': record(agentAuth, agentOrderNo, user, currency),
  'reverse-transfer': record(
    agentAuth,
    field('origOrderNo', anyText),
    field('reverseOrderNo', anyText),
    field('reason', anyText),
  ),
  'wallet-transfer': record(agentAuth, agentOrderNo, user, direction, currency, field('amount', maybe(anyAmount))),
  'move-own-funds': record(field('actor', actor), direction, field('amount', maybe(anyAmount))),
  'set-credentials': record(agentAuth, user, field('username', anyText), field('passwordHash', anyText)),
  'disable-user': record(agentAuth, user, field('disabled', flag)),
  'create-entry-ticket': record(
    agentAuth,
    user,
    field('ticketHash', anyText),
    field('redirectPath', anyText),
    field('returnUrl', anyText),
  ),
  'create-embed-token': record(
    agentAuth,
    user,
    field('tokenHash', anyText),
    channelId,
    field('symbol', maybe(anyText)),
  ),
  'exchange-ticket': record(
    field('ticketHash', anyText),
    field('session', record(...drawn, field('refreshTokenHash', anyText))),
  ),
  'exchange-embed-token': record(
    field('tokenHash', anyText),
    channelId,
    field('embedOrigin', anyText),
    field('session', record(...drawn)),
  ),
  'webhook-delivered': record(agentId, seq),
  'webhook-failed': record(agentId, seq, field('attempts', anyNumber), field('nextAttemptAtMs', anyNumber)),
  'webhook-dead': record(agentId, seq),
  'replay-webhook': record(agentId, seq),
};

/** What is wrong with the types of a command's parts, if anything. Found before its nonce or signature is taken. */
export function agencyFault(command: AgencyCommand): Rejected | undefined {
  const rule = COMMANDS[command.type](command);
  return rule === undefined ? undefined : reject('INVALID_PARAMETER', { rule });
}
