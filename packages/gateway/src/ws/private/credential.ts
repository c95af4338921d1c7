import type { ApiKeyEnded, ListenKeyExpired, SessionEnded } from '@openvenue/contract';
import type { Core, IdentityEvent } from '@openvenue/core';

export type IdentityReads = Pick<Core['identity'], 'listenKey' | 'session' | 'userById' | 'apiKeys'>;

/** What a private connection stands on: a login session, or a listen key with the session or API key that made it. */
export interface Credential {
  readonly userId: number;
  /** '' for the listen key of an API key. */
  readonly sessionId: string;
  /** '' for an access token. */
  readonly listenKey: string;
  /** 0 for none. */
  readonly apiKeyId: number;
}

type Unstamped<T> = T extends unknown ? Omit<T, 'updateTime'> : never;
/** How a credential ended, without the time. */
export type CredentialEnd = Unstamped<ListenKeyExpired | SessionEnded | ApiKeyEnded>;

const sessionEnded = (reason: SessionEnded['reason']): CredentialEnd => ({ eventType: 'SESSION_ENDED', reason });
const listenKeyEnded = (reason: ListenKeyExpired['reason']): CredentialEnd => ({
  eventType: 'LISTEN_KEY_EXPIRED',
  reason,
});
const apiKeyEnded = (reason: ApiKeyEnded['reason']): CredentialEnd => ({ eventType: 'API_KEY_ENDED', reason });

/** Whether an event ends the credential, and how. The core has already applied it. */
export function endByEvent(
  credential: Credential,
  event: IdentityEvent,
  identity: IdentityReads,
): CredentialEnd | undefined {
  switch (event.type) {
    case 'user-disabled':
      return event.disabled && event.userId === credential.userId ? endByDisabledUser(credential) : undefined;
    case 'session-revoked':
      if (event.sessionId !== credential.sessionId) return undefined;
      return sessionEnded(SESSION_END[event.reason]);
    case 'session-expired':
      return event.sessionId === credential.sessionId ? sessionEnded('EXPIRED') : undefined;
    case 'listen-key-ended':
      return event.listenKey === credential.listenKey ? endByListenKey(credential, event, identity) : undefined;
    default:
      return undefined;
  }
}

const SESSION_END = {
  LOGOUT: 'LOGGED_OUT',
  REUSE: 'REVOKED',
  DISABLED: 'USER_DISABLED',
  EVICTED: 'REVOKED',
  ALL: 'REVOKED',
} as const;

const endByDisabledUser = ({ apiKeyId }: Credential): CredentialEnd =>
  apiKeyId === 0 ? sessionEnded('USER_DISABLED') : apiKeyEnded('USER_DISABLED');

function endByListenKey(
  credential: Credential,
  { reason }: Extract<IdentityEvent, { type: 'listen-key-ended' }>,
  identity: IdentityReads,
): CredentialEnd {
  switch (reason) {
    case 'EXPIRED':
      return listenKeyEnded('EXPIRED');
    case 'CLOSED':
    case 'EVICTED':
      return listenKeyEnded('DELETED');
    case 'REVOKED':
      return sessionEnded('REVOKED');
    case 'DISABLED': {
      const { userId, apiKeyId } = credential;
      if (apiKeyId === 0 || identity.userById(userId)?.disabled === true) return endByDisabledUser(credential);
      const stillThere = identity.apiKeys(userId).some((key) => key.id === apiKeyId);
      return apiKeyEnded(stillThere ? 'DISABLED' : 'DELETED');
    }
  }
}

/** Whether the credential has run out by the clock, which can be ahead of the newest command. A listen key ends with its session. */
export function endByTime(
  { listenKey, sessionId }: Credential,
  identity: IdentityReads,
  nowMs: number,
): CredentialEnd | undefined {
  if (listenKey !== '') {
    const key = identity.listenKey(listenKey);
    if (key === undefined || key.expiresAtMs <= nowMs) return listenKeyEnded('EXPIRED');
    if (sessionId === '') return undefined;
  }
  const session = identity.session(sessionId);
  if (session?.revoked === true) return sessionEnded('REVOKED');
  return session === undefined || session.refreshExpiresAtMs <= nowMs ? sessionEnded('EXPIRED') : undefined;
}
