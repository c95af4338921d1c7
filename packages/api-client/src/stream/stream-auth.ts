import type { BearerAuth } from '../auth/bearer-auth.ts';

/** What opens the private channel: one field of the connection's query. */
export type StreamCredential = { readonly token: string } | { readonly listenKey: string };

/** Credentials of a stream. */
export interface StreamAuth {
  /** A credential for the next connection. */
  credential(): Promise<StreamCredential>;
  /** The venue has refused or ended the last credential: the next one must be another. */
  discard(): void;
  /** The stream is closed. */
  close(): void;
}

/** Opens the private channel with the access token that a client uses, too. */
export function tokenStreamAuth(auth: BearerAuth): StreamAuth {
  let last: string | undefined;
  let isRefused = false;
  return {
    credential: async () => {
      last = isRefused && last !== undefined ? await auth.renewed(last) : await auth.token();
      isRefused = false;
      return { token: last };
    },
    discard: () => {
      isRefused = true;
    },
    close: () => undefined,
  };
}
