import type { Actor } from '../actor.ts';

/** Adds a user; ids count up from 1. */
export interface CreateUser {
  readonly type: 'create-user';
  /** 3-32 printable ASCII characters without spaces, unique without regard to case. */
  readonly username: string;
  /** 10 digits, unique. */
  readonly externalUserId: string;
  /** Any text up to 128 characters. */
  readonly displayName?: string;
  /** '' for a user who cannot sign in with a password. */
  readonly passwordHash: string;
  readonly kind: 'trader' | 'house';
}

/** Replaces the password hash ('' takes the password away). Sessions stay; `revoke-all-sessions` ends them. */
export interface SetPassword {
  readonly type: 'set-password';
  readonly userId: number;
  readonly passwordHash: string;
}

/** Another name to sign in with, under the rules of a new one. His own name in other case is his to take. */
export interface RenameUser {
  readonly type: 'rename-user';
  readonly userId: number;
  readonly username: string;
}

/** Who disables a user; what one of them has disabled the other cannot enable. */
export type DisablingParty = 'VENUE' | 'AGENT';

export interface SetUserDisabled {
  readonly type: 'set-user-disabled';
  readonly userId: number;
  readonly disabled: boolean;
  /** The venue when left out. */
  readonly by?: DisablingParty;
}

export interface OpenSession {
  readonly type: 'open-session';
  readonly userId: number;
  /** 1-128 printable ASCII characters; the caller draws it at random. */
  readonly sessionId: string;
  /** Hex SHA-256; '' opens a session that cannot be renewed (an embedded terminal's). */
  readonly refreshTokenHash: string;
  /** The session ends then unless it is renewed before. */
  readonly refreshExpiresAtMs: number;
  readonly ip: string;
  readonly deviceId?: string;
  readonly deviceName?: string;
  /** An embedded terminal's: it reads and trades, nothing else. */
  readonly embed?: boolean;
}

/** Hashes are hex SHA-256. */
export interface RotateRefreshToken {
  readonly type: 'rotate-refresh-token';
  readonly sessionId: string;
  readonly presentedTokenHash: string;
  readonly nextTokenHash: string;
  readonly refreshExpiresAtMs: number;
}

/** Log-out. */
export interface RevokeSession {
  readonly type: 'revoke-session';
  readonly sessionId: string;
}

export interface RevokeAllSessions {
  readonly type: 'revoke-all-sessions';
  readonly userId: number;
}

export interface CreateApiKey {
  readonly type: 'create-api-key';
  readonly actor: Actor;
  /** `fx_` and 8-125 characters of `[A-Za-z0-9_-]`; the caller draws it at random. */
  readonly apiKey: string;
  /** 1-64 characters. */
  readonly label: string;
  /** Bit mask of {@link Permission}, 1-7. */
  readonly permissions: number;
  /** Addresses and CIDR ranges, already parsed by the caller; empty allows every address. */
  readonly ipWhitelist: readonly string[];
  /** The encrypted secret; the core never sees the clear one. */
  readonly sealedSecret: string;
}

/** What is left out stays as it is. */
export interface UpdateApiKey {
  readonly type: 'update-api-key';
  readonly actor: Actor;
  readonly id: number;
  readonly label?: string;
  readonly permissions?: number;
  readonly ipWhitelist?: readonly string[];
  readonly enabled?: boolean;
}

export interface DeleteApiKey {
  readonly type: 'delete-api-key';
  readonly actor: Actor;
  readonly id: number;
}

export interface DeleteAllApiKeys {
  readonly type: 'delete-all-api-keys';
  readonly actor: Actor;
}

/** Notes when keys were last used, many at a time. Keys that are gone are skipped. */
export interface TouchApiKeys {
  readonly type: 'touch-api-keys';
  readonly uses: readonly { readonly id: number; readonly usedAtMs: number }[];
}

export interface CreateListenKey {
  readonly type: 'create-listen-key';
  readonly actor: Actor;
  /** 32 hex digits; the caller draws it at random. */
  readonly listenKey: string;
}

export interface RenewListenKey {
  readonly type: 'renew-listen-key';
  readonly actor: Actor;
  readonly listenKey: string;
}

export interface CloseListenKey {
  readonly type: 'close-listen-key';
  readonly actor: Actor;
  readonly listenKey: string;
}

/** The symbols that a user has marked, in his order; they replace those before. */
export interface SetFavoriteSymbols {
  readonly type: 'set-favorite-symbols';
  readonly actor: Actor;
  /** At most {@link MAX_FAVORITE_SYMBOLS} names, each once; whether they are listed is the caller's to check. */
  readonly symbols: readonly string[];
}

/** Commands about who may act. Those with an `actor` are authorised as they are applied. */
export type IdentityCommand =
  | CreateUser
  | SetPassword
  | RenameUser
  | SetUserDisabled
  | OpenSession
  | RotateRefreshToken
  | RevokeSession
  | RevokeAllSessions
  | CreateApiKey
  | UpdateApiKey
  | DeleteApiKey
  | DeleteAllApiKeys
  | TouchApiKeys
  | CreateListenKey
  | RenewListenKey
  | CloseListenKey
  | SetFavoriteSymbols;
