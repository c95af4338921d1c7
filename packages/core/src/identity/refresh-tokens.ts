import type { StateReader } from '../state/reader.ts';
import type { StateWriter } from '../state/writer.ts';
import { MAX_PAST_REFRESH_HASHES, REFRESH_GRACE_MS } from './limits.ts';

/** The refresh tokens that one session has had, as hashes. */
export interface RefreshTokens {
  /** '' when the session cannot be renewed. */
  readonly currentHash: string;
  /** The one before, as long as it has not been accepted a second time; '' for none. */
  readonly previousHash: string;
  readonly rotatedAtMs: number;
  /** Those before, oldest first; presenting one is a reuse. */
  readonly pastHashes: readonly string[];
}

export const firstToken = (hash: string): RefreshTokens => ({
  currentHash: hash,
  previousHash: '',
  rotatedAtMs: 0,
  pastHashes: [],
});

/** For a revoked session: its tokens can no longer do anything. */
export const NO_TOKENS: RefreshTokens = Object.freeze(firstToken(''));

export type Presented = 'current' | 'lost-reply' | 'reused' | 'unknown';

/** What a presented token is to the session at `timeMs` (IDN-6, IDN-7). */
export function recognize(tokens: RefreshTokens, hash: string, timeMs: number): Presented {
  if (hash === '') return 'unknown';
  if (hash === tokens.currentHash) return 'current';
  if (hash === tokens.previousHash) return timeMs - tokens.rotatedAtMs <= REFRESH_GRACE_MS ? 'lost-reply' : 'reused';
  return tokens.pastHashes.includes(hash) ? 'reused' : 'unknown';
}

/** After the current token was presented: it is the previous one from now on. */
export function rotate(tokens: RefreshTokens, nextHash: string, timeMs: number): RefreshTokens {
  return {
    currentHash: nextHash,
    previousHash: tokens.currentHash,
    rotatedAtMs: timeMs,
    pastHashes: withPast(tokens, [tokens.previousHash]),
  };
}

/**
 * After the previous token was presented a second time: the current one never reached its user, so whoever presents it
 * later stole it. Both are past now and nothing is left to accept twice.
 */
export function rotateAfterLostReply(tokens: RefreshTokens, nextHash: string, timeMs: number): RefreshTokens {
  return {
    currentHash: nextHash,
    previousHash: '',
    rotatedAtMs: timeMs,
    pastHashes: withPast(tokens, [tokens.previousHash, tokens.currentHash]),
  };
}

function withPast(tokens: RefreshTokens, hashes: readonly string[]): readonly string[] {
  return [...tokens.pastHashes, ...hashes.filter((hash) => hash !== '')].slice(-MAX_PAST_REFRESH_HASHES);
}

export function saveTokens(writer: StateWriter, tokens: RefreshTokens): void {
  writer.text(tokens.currentHash);
  writer.text(tokens.previousHash);
  writer.uint(tokens.rotatedAtMs);
  writer.list(tokens.pastHashes, (hash) => writer.text(hash));
}

export function loadTokens(reader: StateReader): RefreshTokens {
  return {
    currentHash: reader.text(),
    previousHash: reader.text(),
    rotatedAtMs: reader.uint(),
    pastHashes: reader.list(() => reader.text()),
  };
}
