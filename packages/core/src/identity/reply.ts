/** What accepted identity commands answer; those not named here answer `done`. */
export type IdentityReply =
  | { readonly ok: true; readonly kind: 'user'; readonly userId: number; readonly externalUserId: string }
  | {
      readonly ok: true;
      readonly kind: 'session';
      readonly userId: number;
      readonly sessionId: string;
      readonly refreshExpiresAtMs: number;
    }
  | { readonly ok: true; readonly kind: 'revoked'; readonly count: number }
  | { readonly ok: true; readonly kind: 'api-key'; readonly id: number }
  | { readonly ok: true; readonly kind: 'deleted'; readonly count: number }
  | { readonly ok: true; readonly kind: 'listen-key'; readonly listenKey: string; readonly expiresAtMs: number };
