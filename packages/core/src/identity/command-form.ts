import { actor as actorForm } from '../exchange/forms/command-form.ts';
import { anyNumber, anyText, type Form, field, flag, list, maybe, oneOf, record } from '../exchange/forms/form.ts';
import { type Rejected, reject } from '../reject.ts';
import type { IdentityCommand } from './command.ts';

const actor = field('actor', actorForm);
const userId = field('userId', anyNumber);
const sessionId = field('sessionId', anyText);
const listenKey = field('listenKey', anyText);
const ends = field('refreshExpiresAtMs', anyNumber);
const passwordHash = field('passwordHash', anyText);

/** The type of every part of every command about who may act; lengths, characters and ranges are judged at their turn. */
const COMMANDS: Readonly<Record<IdentityCommand['type'], Form>> = {
  'create-user': record(
    field('username', anyText),
    field('externalUserId', anyText),
    field('displayName', maybe(anyText)),
    passwordHash,
    field('kind', oneOf('trader', 'house')),
  ),
  'set-password': record(userId, passwordHash),
  'rename-user': record(userId, field('username', anyText)),
  'set-user-disabled': record(userId, field('disabled', flag), field('by', maybe(anyText))),
  'open-session': record(
    userId,
    sessionId,
    field('refreshTokenHash', anyText),
    ends,
    field('ip', anyText),
    field('deviceId', maybe(anyText)),
    field('deviceName', maybe(anyText)),
    field('embed', maybe(flag)),
  ),
  'rotate-refresh-token': record(
    sessionId,
    field('presentedTokenHash', anyText),
    field('nextTokenHash', anyText),
    ends,
  ),
  'revoke-session': record(sessionId),
  'revoke-all-sessions': record(userId),
  'create-api-key': record(
    actor,
    field('apiKey', anyText),
    field('label', anyText),
    field('permissions', anyNumber),
    field('ipWhitelist', list(undefined, anyText)),
    field('sealedSecret', anyText),
  ),
  'update-api-key': record(
    actor,
    field('id', anyNumber),
    field('label', maybe(anyText)),
    field('permissions', maybe(anyNumber)),
    field('ipWhitelist', maybe(list(undefined, anyText))),
    field('enabled', maybe(flag)),
  ),
  'delete-api-key': record(actor, field('id', anyNumber)),
  'delete-all-api-keys': record(actor),
  'touch-api-keys': record(
    field('uses', list(undefined, record(field('id', anyNumber), field('usedAtMs', anyNumber)))),
  ),
  'create-listen-key': record(actor, listenKey),
  'renew-listen-key': record(actor, listenKey),
  'close-listen-key': record(actor, listenKey),
  'set-favorite-symbols': record(actor, field('symbols', list(undefined, anyText))),
};

export const isIdentityCommand = (command: { readonly type: unknown }): command is IdentityCommand =>
  typeof command.type === 'string' && Object.hasOwn(COMMANDS, command.type);

/** What is wrong with the types of a command's parts, if anything. */
export function identityFault(command: IdentityCommand): Rejected | undefined {
  const rule = COMMANDS[command.type](command);
  return rule === undefined ? undefined : reject('INVALID_PARAMETER', { rule });
}
