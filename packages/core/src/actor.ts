/**
 * Who acts. `userId` is the internal id. A command through a session or an API key names it, and the core checks at its turn
 * that it still holds; a signed write also carries its signature, which is taken once. Without either it is the venue's own.
 */
export interface Actor {
  readonly userId: number;
  readonly sessionId?: string;
  readonly apiKeyId?: number;
  /** Hex SHA-256 of the request signature; refused when seen before `signatureExpiresAtMs`. */
  readonly signatureHash?: string;
  readonly signatureExpiresAtMs?: number;
}
