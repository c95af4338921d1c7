/** A key that signs. */
export interface ApiKey {
  readonly apiKey: string;
  readonly apiSecret: string;
}

/** A user of the venue and everything by which he can call. */
export interface Member {
  readonly agentUserId: string;
  readonly platformUserId: string;
  readonly token: string;
  readonly cookie: string;
  readonly embedToken: string;
  readonly listenKey: string;
  /** Reads and trades. */
  readonly key: ApiKey;
  readonly keyId: string;
  readonly readOnlyKey: ApiKey;
  /** Good at another address only. */
  readonly boundKey: ApiKey;
  readonly disabledKey: ApiKey;
  /** An order in the book and a condition that waits. */
  readonly orderId: string;
  readonly conditionId: string;
}
