import { type Static, Type } from 'typebox';
import { id64, oneOf, timestampMs } from '../scalars.ts';

const eventType = <const Name extends string>(name: Name, description: string) =>
  Type.Literal(name, { description, examples: [name] });

/** The listen key has ended; the connection is closed (4002). */
export const ListenKeyExpired = Type.Object({
  eventType: eventType('LISTEN_KEY_EXPIRED', 'The listen key of the connection has ended'),
  reason: oneOf(['EXPIRED', 'DELETED'], 'Not renewed in time, or deleted'),
  updateTime: timestampMs('Time of the end'),
});

/** The login session has ended; the connection is closed (4002). */
export const SessionEnded = Type.Object({
  eventType: eventType('SESSION_ENDED', 'The login session behind the connection has ended'),
  reason: oneOf(['EXPIRED', 'LOGGED_OUT', 'REVOKED', 'USER_DISABLED'], 'Why the session ended'),
  updateTime: timestampMs('Time of the end'),
});

/** The API key was disabled or deleted; the connection is closed (4002). */
export const ApiKeyEnded = Type.Object({
  eventType: eventType('API_KEY_ENDED', 'The API key behind the connection has ended'),
  reason: oneOf(['DISABLED', 'DELETED', 'USER_DISABLED'], 'Why the key ended'),
  updateTime: timestampMs('Time of the end'),
});

/** The events after `since` are no longer kept: the client re-reads by REST and goes on from `seq`. */
export const ResyncRequired = Type.Object({
  eventType: eventType('RESYNC_REQUIRED', 'Missed events are no longer kept; read the state again by REST'),
  since: id64('Sequence number that the client asked to go on from'),
  seq: id64('Sequence number of the last event so far; the next push has the one after'),
  updateTime: timestampMs('Time of the event'),
});

export type ListenKeyExpired = Static<typeof ListenKeyExpired>;
export type SessionEnded = Static<typeof SessionEnded>;
export type ApiKeyEnded = Static<typeof ApiKeyEnded>;
export type ResyncRequired = Static<typeof ResyncRequired>;
