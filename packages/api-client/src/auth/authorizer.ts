import type { ApiError } from '../errors/api-error.ts';
import { InvalidTokenError, TokenExpiredError } from '../errors/classes.ts';
import type { BearerAuth } from './bearer-auth.ts';
import type { KeySigner, Signable } from './key-signer.ts';
import type { ServerClock } from './server-clock.ts';

/** A request that says whose it is. */
export interface Authorized {
  /** Query as it is sent. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  /** After a refusal: makes up for it where it can. True when the request is worth to be authorized and sent anew. */
  readonly recover: (error: ApiError) => Promise<boolean>;
}

/** Puts a credential on requests. */
export type Authorize = (request: Signable) => Promise<Authorized>;

/** Sends the access token; one that has expired is renewed. */
export function authorizeByToken(auth: BearerAuth): Authorize {
  return async ({ query }) => {
    const token = await auth.token();
    return {
      query,
      headers: { Authorization: `Bearer ${token}` },
      recover: async (error) => {
        if (!(error instanceof TokenExpiredError)) return false;
        await auth.renewed(token);
        return true;
      },
    };
  };
}

/** Message of 1003 by which a wrong clock is told from a wrong signature. */
export const TIMESTAMP_MESSAGE = 'Timestamp outside of tolerance window';

/** Signs with an API key; when the venue finds the timestamp wrong, the clocks are compared again. */
export function authorizeByKey(signer: KeySigner, serverClock: ServerClock): Authorize {
  return async ({ query, body }) => {
    const timestamp = `timestamp=${await serverClock.nextTimestampMs()}`;
    const signed = query === '' ? timestamp : `${query}&${timestamp}`;
    const signature = await signer.sign({ query: signed, body });
    return {
      query: `${signed}&signature=${signature}`,
      headers: { 'X-API-KEY': signer.apiKey },
      recover: async (error) => {
        if (!(error instanceof InvalidTokenError) || error.message !== TIMESTAMP_MESSAGE) return false;
        await serverClock.synchronise();
        return true;
      },
    };
  };
}
