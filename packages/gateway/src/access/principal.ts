import type { Actor } from '@openvenue/core';

interface Caller {
  /** Internal id; it never leaves the venue. */
  readonly userId: number;
  readonly externalUserId: string;
}

/** A caller with an access token. */
export interface SessionPrincipal extends Caller {
  readonly kind: 'session';
  readonly sessionId: string;
  /** An embedded terminal's session, which reads, trades and logs out, nothing else. */
  readonly embed: boolean;
}

/** A caller who has signed the request with an API key. */
export interface KeyPrincipal extends Caller {
  readonly kind: 'key';
  readonly apiKeyId: number;
  readonly signatureHash: string;
  /** First time at which the signature is outside of its window. */
  readonly signatureExpiresAtMs: number;
}

/** The holder of a private connection, who has proved himself when it was opened. */
export interface ConnectionPrincipal extends Caller {
  readonly kind: 'connection';
  /** '' where an API key stands behind it. */
  readonly sessionId: string;
  /** 0 where a session does. */
  readonly apiKeyId: number;
}

/** Who calls, as the request has proved. */
export type Principal = SessionPrincipal | KeyPrincipal | ConnectionPrincipal;

/** The actor of a command. With `takesSignature` the core takes the signature, once (the replay guard of writes). */
export function actorOf(principal: Principal, takesSignature: boolean): Actor {
  const { userId } = principal;
  switch (principal.kind) {
    case 'session':
      return { userId, sessionId: principal.sessionId };
    case 'key': {
      const { apiKeyId, signatureHash, signatureExpiresAtMs } = principal;
      return { userId, apiKeyId, ...(takesSignature ? { signatureHash, signatureExpiresAtMs } : {}) };
    }
    case 'connection': {
      const { sessionId, apiKeyId } = principal;
      return apiKeyId === 0 ? { userId, sessionId } : { userId, apiKeyId };
    }
  }
}
