import type { Actor } from '../../actor.ts';
import type { Reply } from '../../reply.ts';
import { StateReader } from '../../state/reader.ts';
import { StateWriter } from '../../state/writer.ts';
import type { CreateApiKey, CreateUser, IdentityCommand, OpenSession, RotateRefreshToken } from '../command.ts';
import type { IdentityEvent } from '../event.ts';
import { Identity } from '../identity.ts';

export const START_MS = 1_700_000_000_000;
export const MONTH_MS = 30 * 86_400_000;

/** A hash as commands carry it: the number in 64 hex digits. */
export const hash = (number: number): string => number.toString(16).padStart(64, '0');

export const listenKeyText = (number: number): string => number.toString(16).padStart(32, '0');

export interface Turned {
  readonly reply: Reply;
  readonly events: readonly IdentityEvent[];
}

/** Bytes of the state of an identity. */
export function bytesOf(identity: Identity): Uint8Array {
  const writer = new StateWriter();
  identity.save(writer);
  return writer.finish();
}

/** An identity that was loaded from those bytes, all of them. */
export function restoredFrom(bytes: Uint8Array): Identity {
  const identity = new Identity();
  const reader = new StateReader(bytes);
  identity.load(reader);
  reader.finish();
  return identity;
}

/** Drives an identity as the core does: time first, then the command. */
export class Driver {
  identity = new Identity();
  timeMs = START_MS;

  run(command: IdentityCommand): Turned {
    const events: IdentityEvent[] = [];
    const emit = (event: IdentityEvent): void => {
      events.push(event);
    };
    this.identity.expire(this.timeMs, emit);
    const reply = this.identity.apply(command, this.timeMs, emit);
    return { reply, events };
  }

  /** Lets time go on and ends what is due. */
  pass(durationMs: number): readonly IdentityEvent[] {
    const events: IdentityEvent[] = [];
    this.timeMs += durationMs;
    this.identity.expire(this.timeMs, (event) => {
      events.push(event);
    });
    return events;
  }

  bytes(): Uint8Array {
    return bytesOf(this.identity);
  }

  /** Adds a user whose names follow from the number and returns the id. */
  user(number: number, fields: Partial<CreateUser> = {}): number {
    const { reply } = this.run({
      type: 'create-user',
      username: `user-${number}`,
      externalUserId: String(1_000_000_000 + number),
      passwordHash: '',
      kind: 'trader',
      ...fields,
    });
    if (!reply.ok || reply.kind !== 'user') throw new Error(`no user: ${JSON.stringify(reply)}`);
    return reply.userId;
  }

  open(userId: number, sessionId: string, fields: Partial<OpenSession> = {}): Turned {
    const refreshExpiresAtMs = this.timeMs + MONTH_MS;
    const ip = '192.0.2.1';
    return this.run({
      type: 'open-session',
      userId,
      sessionId,
      refreshTokenHash: hash(1),
      refreshExpiresAtMs,
      ip,
      ...fields,
    });
  }

  rotate(sessionId: string, tokens: Pick<RotateRefreshToken, 'presentedTokenHash' | 'nextTokenHash'>): Turned {
    return this.run({ type: 'rotate-refresh-token', sessionId, ...tokens, refreshExpiresAtMs: this.timeMs + MONTH_MS });
  }

  createApiKey(actor: Actor, fields: Partial<CreateApiKey> = {}): Turned {
    return this.run({
      type: 'create-api-key',
      actor,
      apiKey: 'fx_0123456789',
      label: 'bot',
      permissions: 1,
      ipWhitelist: [],
      sealedSecret: 'sealed',
      ...fields,
    });
  }

  /** Adds an API key of the user and returns its id. */
  apiKey(userId: number, fields: Partial<CreateApiKey> = {}): number {
    const { reply } = this.createApiKey({ userId }, fields);
    if (!reply.ok || reply.kind !== 'api-key') throw new Error(`no API key: ${JSON.stringify(reply)}`);
    return reply.id;
  }

  listen(actor: Actor, number: number): Turned {
    return this.run({ type: 'create-listen-key', actor, listenKey: listenKeyText(number) });
  }
}
