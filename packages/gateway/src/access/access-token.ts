import { createSecretKey, type KeyObject } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { BoundedMap } from '../bounded-map.ts';

/** What an access token says. */
export interface AccessClaims {
  /** External user id, `sub`. */
  readonly externalUserId: string;
  /** Login session, `sid`. */
  readonly sessionId: string;
  /** `exp` in Unix seconds. */
  readonly expiresAtSeconds: number;
}

export type VerifiedToken =
  | { readonly ok: true; readonly claims: AccessClaims }
  | { readonly ok: false; readonly error: 'TOKEN_EXPIRED' | 'INVALID_TOKEN' };

export interface AccessTokenOptions {
  /** 32 bytes. */
  readonly secret: Uint8Array;
  readonly issuer: string;
  readonly audience: string;
  readonly lifeMs: number;
  readonly random: (bytes: number) => Buffer;
}

const ALGORITHM = 'HS256';
/** RFC 9068: tells an access token from every other JWT that one key might sign. */
const TYPE = 'at+jwt';
const TOKEN_ID_BYTES = 16;
const SECRET_BYTES = 32;
/** Longer texts are no token of ours; they are refused before any work. */
const TOKEN_MAX_LENGTH = 2_048;
/** Verified tokens that are kept. */
const VERIFIED_TOKENS_MAX = 20_000;

const INVALID: VerifiedToken = { ok: false, error: 'INVALID_TOKEN' };
const EXPIRED: VerifiedToken = { ok: false, error: 'TOKEN_EXPIRED' };

/** Issues and verifies access tokens. Whether the session still holds is for the caller to ask each time. */
export class AccessTokens {
  readonly #options: AccessTokenOptions;
  readonly #key: KeyObject;
  readonly #verified = new BoundedMap<string, AccessClaims>(VERIFIED_TOKENS_MAX);

  constructor(options: AccessTokenOptions) {
    if (options.secret.length !== SECRET_BYTES) throw new RangeError(`the JWT secret must have ${SECRET_BYTES} bytes`);
    this.#options = options;
    this.#key = createSecretKey(options.secret);
  }

  /** `lifeMs`: for a token that lives shorter than others. */
  async issue(
    holder: { readonly externalUserId: string; readonly sessionId: string; readonly lifeMs?: number },
    nowMs: number,
  ): Promise<{ readonly accessToken: string; readonly accessExpire: number }> {
    const { issuer, audience, random } = this.#options;
    const { lifeMs = this.#options.lifeMs } = holder;
    const issuedAt = Math.floor(nowMs / 1_000);
    const accessExpire = issuedAt + Math.floor(lifeMs / 1_000);
    const accessToken = await new SignJWT({ sid: holder.sessionId })
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(holder.externalUserId)
      .setJti(random(TOKEN_ID_BYTES).toString('hex'))
      .setIssuedAt(issuedAt)
      .setExpirationTime(accessExpire)
      .sign(this.#key);
    return { accessToken, accessExpire };
  }

  async verify(token: string, nowMs: number): Promise<VerifiedToken> {
    if (token.length > TOKEN_MAX_LENGTH) return INVALID;
    const known = this.#verified.get(token);
    if (known !== undefined) return this.#current(token, known, nowMs);
    const verified = await this.#verifySignature(token, nowMs);
    if (verified.ok) this.#verified.set(token, verified.claims);
    return verified;
  }

  #current(token: string, claims: AccessClaims, nowMs: number): VerifiedToken {
    if (nowMs < claims.expiresAtSeconds * 1_000) return { ok: true, claims };
    this.#verified.delete(token);
    return EXPIRED;
  }

  async #verifySignature(token: string, nowMs: number): Promise<VerifiedToken> {
    const { issuer, audience } = this.#options;
    try {
      const { payload } = await jwtVerify(token, this.#key, {
        algorithms: [ALGORITHM],
        typ: TYPE,
        issuer,
        audience,
        currentDate: new Date(nowMs),
        requiredClaims: ['sub', 'sid', 'jti', 'iat', 'exp'],
      });
      const { sub, sid, exp } = payload;
      if (sub === undefined || typeof sid !== 'string' || exp === undefined) return INVALID;
      return { ok: true, claims: { externalUserId: sub, sessionId: sid, expiresAtSeconds: exp } };
    } catch (error) {
      if (error instanceof errors.JWTExpired) return EXPIRED;
      if (error instanceof errors.JOSEError) return INVALID;
      throw error;
    }
  }
}
