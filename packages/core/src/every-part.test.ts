import { describe, expect, it } from 'vitest';
import type { Command, CommandType } from './command.ts';
import { Core } from './core.ts';
import type { Rejected } from './reject.ts';
import type { Reply } from './reply.ts';
import { everyCommand, furnishedVenue } from './testing/every-command.ts';

type Path = readonly string[];

/** A text that no form takes, because it would not survive being written, and a number that none takes. */
const [TEXT, NUMBER] = ['\ud800', -1];

/** What a text or a number in a command is told to be, by its place; where nothing stands it is looked up, or judged as a type. */
const ASKED: Readonly<Partial<Record<CommandType, Readonly<Record<string, string>>>>> = {
  'set-leverage': {
    leverage: 'leverage: must be a whole number from 1 to 100',
  },
  'create-user': {
    username: 'username: 3-32 printable ASCII characters',
    externalUserId: 'externalUserId: 10 digits',
    displayName: 'displayName: 0-128 characters',
    passwordHash: 'passwordHash: 0-512 printable ASCII characters',
  },
  'set-password': {
    passwordHash: 'passwordHash: 0-512 printable ASCII characters',
  },
  'rename-user': {
    username: 'username: 3-32 printable ASCII characters',
  },
  'set-user-disabled': {
    by: 'by: VENUE or AGENT',
  },
  'open-session': {
    sessionId: 'sessionId: 1-128 printable ASCII characters',
    refreshExpiresAtMs: 'refreshExpiresAtMs: integer 1772000000001-9007199254740991',
    ip: 'ip: 0-64 printable ASCII characters',
    deviceId: 'deviceId: 0-64 characters',
    deviceName: 'deviceName: 0-128 characters',
    refreshTokenHash: 'refreshTokenHash: 64 lowercase hex digits',
  },
  'rotate-refresh-token': {
    nextTokenHash: 'nextTokenHash: 64 lowercase hex digits',
    refreshExpiresAtMs: 'refreshExpiresAtMs: integer 1772000000001-9007199254740991',
  },
  'create-api-key': {
    apiKey: 'apiKey: fx_ and 8-125 characters of A-Z a-z 0-9 _ -',
    label: 'label: 1-64 characters',
    permissions: 'permissions: integer 1-7',
    'ipWhitelist.0': 'ipWhitelist: 1-64 printable ASCII characters',
    sealedSecret: 'sealedSecret: 1-1024 printable ASCII characters',
  },
  'update-api-key': {
    label: 'label: 1-64 characters',
    permissions: 'permissions: integer 1-7',
    'ipWhitelist.0': 'ipWhitelist: 1-64 printable ASCII characters',
  },
  'touch-api-keys': {
    'uses.0.usedAtMs': 'usedAtMs: integer 0-9007199254740991',
  },
  'create-listen-key': {
    listenKey: 'listenKey: 32 lowercase hex digits',
  },
  'set-favorite-symbols': {
    'symbols.0': 'symbols[0]: 1-32 printable ASCII characters',
    'symbols.1': 'symbols[1]: 1-32 printable ASCII characters',
  },
  'create-agent': {
    agentCode: 'agentCode: 1-64 characters of A-Z a-z 0-9 . _ -',
    publicNumber: 'publicNumber: 10 digits',
    name: 'name: 1-128 characters',
    webhookUrl: 'webhookUrl: an http or https URL of at most 2048 characters, or empty',
    'sealedSecrets.0': 'sealedSecrets: 1-1024 printable ASCII characters',
    'origins.0': 'origins: scheme://host or scheme://host:port, lower case',
    'ipAllowList.0': 'ipAllowList: 1-64 printable ASCII characters',
  },
  'update-agent': {
    name: 'name: 1-128 characters',
    webhookUrl: 'webhookUrl: an http or https URL of at most 2048 characters, or empty',
    'sealedSecrets.0': 'sealedSecrets: 1-1024 printable ASCII characters',
    'origins.0': 'origins: scheme://host or scheme://host:port, lower case',
    'ipAllowList.0': 'ipAllowList: 1-64 printable ASCII characters',
  },
  'take-nonce': {
    'agentAuth.nonceHash': 'nonce: 64 lowercase hex digits',
    'agentAuth.expiresAtMs': 'timestamp: integer 0-1772003600000',
  },
  'bind-user': {
    agentUserId: 'agentUserId: 1-64 characters',
    displayName: 'username: 0-128 characters',
    externalUserId: 'externalUserId: 10 digits',
  },
  transfer: {
    agentOrderNo: 'agentOrderNo: 1-64 characters',
    currency: 'currency: USDT',
    direction: 'direction: IN or OUT',
  },
  'transfer-all-out': {
    agentOrderNo: 'agentOrderNo: 1-64 characters',
    currency: 'currency: USDT',
  },
  'reverse-transfer': {
    origOrderNo: 'origOrderNo: 1-64 characters',
    reverseOrderNo: 'reverseOrderNo: 1-64 characters',
    reason: 'reverseReason: 0-256 characters',
  },
  'wallet-transfer': {
    agentOrderNo: 'agentOrderNo: 1-64 characters',
    currency: 'currency: USDT',
    direction: 'direction: PARTNER_TO_FUNDING, FUNDING_TO_PARTNER, FUNDING_TO_CONTRACT, CONTRACT_TO_FUNDING',
  },
  'move-own-funds': {
    direction: 'direction: FUNDING_TO_CONTRACT, CONTRACT_TO_FUNDING',
  },
  'set-credentials': {
    username: 'username: 3-32 printable ASCII characters',
    passwordHash: 'passwordHash: 1-512 printable ASCII characters',
  },
  'create-entry-ticket': {
    ticketHash: 'ticketHash: 64 lowercase hex digits',
    redirectPath:
      'redirectPath: a path that begins with / and not with //, without backslash, of at most 2048 characters',
    returnUrl:
      'returnUrl: an absolute http or https URL without user information, of at most 2048 characters, or empty',
  },
  'create-embed-token': {
    tokenHash: 'tokenHash: 64 lowercase hex digits',
    channelId: 'channelId: 1-128 characters',
    symbol: 'symbol: at most 32 characters of A-Z 0-9',
  },
  'exchange-ticket': {
    'session.sessionId': 'sessionId: 1-128 printable ASCII characters',
    'session.refreshExpiresAtMs': 'refreshExpiresAtMs: integer 1772000000001-9007199254740991',
    'session.ip': 'ip: 0-64 printable ASCII characters',
    'session.deviceId': 'deviceId: 0-64 characters',
    'session.deviceName': 'deviceName: 0-128 characters',
    'session.refreshTokenHash': 'refreshTokenHash: 64 lowercase hex digits',
  },
  'exchange-embed-token': {
    'session.sessionId': 'sessionId: 1-128 printable ASCII characters',
    'session.refreshExpiresAtMs': 'refreshExpiresAtMs: integer 1772000000001-9007199254740991',
    'session.ip': 'ip: 0-64 printable ASCII characters',
    'session.deviceId': 'deviceId: 0-64 characters',
    'session.deviceName': 'deviceName: 0-128 characters',
  },
  'webhook-failed': {
    attempts: 'attempts: integer 1-1000',
    nextAttemptAtMs: 'nextAttemptAtMs: integer 1772000000000-9007199254740991',
  },
};

const venue = furnishedVenue();
const { timeMs } = venue;
const bytes = venue.core.snapshot();
const COMMANDS = everyCommand(timeMs);
const TYPES = Object.keys(COMMANDS) as readonly CommandType[];

/** The places of all parts of a command, those of lists by their index. */
function* partsOf(value: unknown, path: Path = []): Generator<Path> {
  if (path.length > 0) yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) yield* partsOf(part, [...path, key]);
}

const partAt = (value: unknown, path: Path): unknown =>
  path.reduce((whole, key) => (whole as Readonly<Record<string, unknown>>)[key], value);

/** The same command with something else at a place. */
function changedAt(value: unknown, [key = '', ...rest]: Path, part: unknown): unknown {
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>;
  copy[key] = rest.length === 0 ? part : changedAt(copy[key], rest, part);
  return copy;
}

/** The refusal of a command, or of the first item of a batch, which is judged item by item (MAT-10). */
function refusalOf(command: unknown): Rejected | undefined {
  const core = Core.restore(bytes);
  const { reply } = core.apply(core.sequence + 1, timeMs, command as Command);
  const told: Reply | undefined = reply.ok && reply.kind === 'batch' ? reply.results[0] : reply;
  return told === undefined || told.ok ? undefined : told;
}

/** Whether an answer names a part as its form does; items of lists, and who acts, have no name of their own there. */
function names(told: string, path: Path): boolean {
  const name = path.at(-1) ?? '';
  const unnamed = /^\d+$/.test(name) || path.join() === 'actor' || path.join() === 'parameters';
  return new RegExp(unnamed ? '(^|: )must be ' : `(^|: )${name}:? must be `).test(told);
}

describe('every part of every command', () => {
  it.each(TYPES)('MAT-12: %s with a part of another type is refused by the name of the part', (type) => {
    for (const shape of COMMANDS[type]) {
      for (const path of partsOf(shape)) {
        const other = typeof partAt(shape, path) === 'object' ? 5 : {};
        const refusal = refusalOf({ ...(changedAt(shape, path, other) as object), type });
        const told = refusal?.details.rule ?? refusal?.details.problems?.join() ?? 'accepted';
        expect(names(told, path), `${path.join('.')}: ${told}`).toBe(true);
      }
    }
  });

  it.each(TYPES)('MAT-12: %s says what its texts and numbers must be', (type) => {
    const told: Record<string, string> = {};
    for (const shape of COMMANDS[type]) {
      for (const path of partsOf(shape)) {
        const was = partAt(shape, path);
        if (type !== 'take-nonce' && path[0] === 'agentAuth') continue;
        if (typeof was !== 'string' && typeof was !== 'number') continue;
        const bad = typeof was === 'string' ? TEXT : NUMBER;
        const details = refusalOf({ ...(changedAt(shape, path, bad) as object), type })?.details;
        if (details?.field !== undefined && details.rule !== undefined)
          told[path.join('.')] = `${details.field}: ${details.rule}`;
      }
    }
    expect(told).toEqual(ASKED[type] ?? {});
  });
});
