/** LOGOUT by its user, REUSE of an old refresh token, DISABLED user, EVICTED by a newer session, ALL by `revoke-all-sessions`. */
export type SessionRevocation = 'LOGOUT' | 'REUSE' | 'DISABLED' | 'EVICTED' | 'ALL';

/**
 * CLOSED by its user; EXPIRED, it or the session it came from; EVICTED by a newer one; DISABLED user, or API key that was
 * disabled, deleted or lost the right to read; REVOKED session it came from.
 */
export type ListenKeyEnd = 'CLOSED' | 'EXPIRED' | 'EVICTED' | 'DISABLED' | 'REVOKED';

/** An API key as events show it: neither the secret nor its ciphertext. */
export interface ApiKeyRecord {
  readonly id: number;
  readonly apiKey: string;
  readonly label: string;
  readonly permissions: number;
  readonly ipWhitelist: readonly string[];
  readonly enabled: boolean;
}

export type IdentityEvent =
  | {
      readonly type: 'user-created';
      readonly userId: number;
      readonly username: string;
      readonly externalUserId: string;
      readonly displayName: string;
      readonly kind: 'trader' | 'house';
    }
  | { readonly type: 'password-changed'; readonly userId: number }
  | { readonly type: 'username-changed'; readonly userId: number; readonly username: string }
  /** He is disabled now, or is so no more, whoever of those who can has done it. */
  | { readonly type: 'user-disabled'; readonly userId: number; readonly disabled: boolean }
  | {
      readonly type: 'session-opened';
      readonly userId: number;
      readonly sessionId: string;
      readonly ip: string;
      readonly deviceId: string;
      readonly deviceName: string;
    }
  | {
      readonly type: 'session-renewed';
      readonly userId: number;
      readonly sessionId: string;
      readonly refreshExpiresAtMs: number;
    }
  | {
      readonly type: 'session-revoked';
      readonly userId: number;
      readonly sessionId: string;
      readonly reason: SessionRevocation;
    }
  | { readonly type: 'session-expired'; readonly userId: number; readonly sessionId: string }
  | { readonly type: 'api-key-created'; readonly userId: number; readonly key: ApiKeyRecord }
  | { readonly type: 'api-key-updated'; readonly userId: number; readonly key: ApiKeyRecord }
  | { readonly type: 'api-key-deleted'; readonly userId: number; readonly id: number }
  | { readonly type: 'favorite-symbols-changed'; readonly userId: number; readonly symbols: readonly string[] }
  | {
      readonly type: 'listen-key-created';
      readonly userId: number;
      readonly listenKey: string;
      readonly expiresAtMs: number;
    }
  | {
      readonly type: 'listen-key-renewed';
      readonly userId: number;
      readonly listenKey: string;
      readonly expiresAtMs: number;
    }
  | {
      readonly type: 'listen-key-ended';
      readonly userId: number;
      readonly listenKey: string;
      readonly reason: ListenKeyEnd;
    };
