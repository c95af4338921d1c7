/** Users of one venue; they are never deleted (IDN-2). */
export const MAX_USERS = 1_000_000;

/** Sessions of a user that hold at the same time; one more ends the oldest (IDN-5). */
export const MAX_SESSIONS_PER_USER = 50;
/** Revoked sessions of a user that are still told apart from unknown ones; beyond it the longest revoked is forgotten (IDN-8). */
export const MAX_REVOKED_SESSIONS_PER_USER = 200;
/** How long after a rotation the previous refresh token is accepted once, for a client that lost the reply (IDN-6). */
export const REFRESH_GRACE_MS = 10_000;
/** Replaced refresh tokens of a session by which a reuse is recognised; older ones are merely invalid (IDN-7). */
export const MAX_PAST_REFRESH_HASHES = 32;

export const MAX_API_KEYS_PER_USER = 30;
/** Addresses and ranges in the allow-list of an API key. */
export const MAX_IP_WHITELIST_ENTRIES = 20;
/** Uses reported in one `touch-api-keys`. */
export const MAX_API_KEY_USES = 1_000;

export const LISTEN_KEY_LIFE_MS = 3_600_000;
/** Listen keys of a user; one more ends the oldest (IDN-12). */
export const MAX_LISTEN_KEYS_PER_USER = 10;

/** Symbols that a user has marked (IDN-21). */
export const MAX_FAVORITE_SYMBOLS = 200;

/** Signatures remembered for one user; beyond it signed commands are refused, none is forgotten early (IDN-16). */
export const MAX_SIGNATURES_PER_USER = 20_000;
/** Signatures remembered for all users together. */
export const MAX_SIGNATURES = 400_000;
/** How far ahead of the command's time a signature may expire. */
export const MAX_SIGNATURE_LIFE_MS = 60_000;
