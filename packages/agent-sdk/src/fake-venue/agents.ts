import { randomInt } from 'node:crypto';
import { Refusal } from './refusal.ts';

/** Secrets of one agent that are valid at a time. */
export const MAX_SECRETS = 2;
/** Users of one agent. */
export const MAX_USERS = 10_000;
/** Nonces of one agent that are remembered; a full memory refuses with 6904. */
export const MAX_NONCES = 100_000;

export interface FakeUser {
  readonly agentUserId: string;
  readonly platformUserId: string;
  disabled: boolean;
  username: string;
  /** In 1e-8. */
  contract: bigint;
  /** In 1e-8. */
  funding: bigint;
  /** Something has already moved through the funding wallet. */
  materialized: boolean;
  /** Grows with every change. */
  version: number;
}

/** One agent of the fake venue with its users. */
export class FakeAgent {
  readonly agentCode: string;
  secrets: readonly string[];
  disabled = false;
  /** In 1e-8. */
  deposit: bigint;
  webhookUrl: string | undefined;
  readonly usersByAgentId = new Map<string, FakeUser>();
  readonly usersByPlatformId = new Map<string, FakeUser>();
  readonly #nonceExpiries = new Map<string, number>();

  constructor(agentCode: string, secrets: readonly string[], deposit: bigint) {
    this.agentCode = agentCode;
    this.secrets = secrets;
    this.deposit = deposit;
  }

  /** Takes a nonce once within the window. */
  useNonce(nonce: string, times: { readonly nowMs: number; readonly expiresAtMs: number }): void {
    if ((this.#nonceExpiries.get(nonce) ?? 0) > times.nowMs) throw new Refusal('nonceReused', 'nonce reused');
    if (this.#nonceExpiries.size >= MAX_NONCES) this.#forgetExpired(times.nowMs);
    if (this.#nonceExpiries.size >= MAX_NONCES) throw new Refusal('temporarilyUnavailable', 'too many nonces');
    this.#nonceExpiries.set(nonce, times.expiresAtMs);
  }

  #forgetExpired(nowMs: number): void {
    for (const [nonce, expiresAtMs] of this.#nonceExpiries) {
      if (expiresAtMs <= nowMs) this.#nonceExpiries.delete(nonce);
    }
  }

  bind(agentUserId: string): FakeUser {
    const known = this.usersByAgentId.get(agentUserId);
    if (known !== undefined) return known;
    if (this.usersByAgentId.size >= MAX_USERS) throw new Refusal('temporarilyUnavailable', 'too many users');
    const platformUserId = this.#freshPlatformUserId();
    const user = {
      agentUserId,
      platformUserId,
      disabled: false,
      username: '',
      contract: 0n,
      funding: 0n,
      materialized: false,
      version: 0,
    };
    this.usersByAgentId.set(agentUserId, user);
    this.usersByPlatformId.set(platformUserId, user);
    return user;
  }

  #freshPlatformUserId(): string {
    for (;;) {
      const id = String(randomInt(1_000_000_000, 10_000_000_000));
      if (!this.usersByPlatformId.has(id)) return id;
    }
  }

  /** The user that one or both ids name. */
  findUser(ids: { readonly agentUserId: string | undefined; readonly platformUserId: string | undefined }): FakeUser {
    if (ids.agentUserId === undefined && ids.platformUserId === undefined) {
      throw new Refusal('parameterMissing', 'agentUserId or platformUserId is missing');
    }
    const byPlatform = ids.platformUserId === undefined ? undefined : this.usersByPlatformId.get(ids.platformUserId);
    if (ids.platformUserId !== undefined && byPlatform === undefined) {
      throw new Refusal('notAllowed', 'user not allowed');
    }
    const byAgent = ids.agentUserId === undefined ? undefined : this.usersByAgentId.get(ids.agentUserId);
    if (ids.agentUserId !== undefined && byAgent === undefined) throw new Refusal('userNotBound', 'user not bound');
    if (byPlatform !== undefined && byAgent !== undefined && byPlatform !== byAgent) {
      throw new Refusal('idsDiffer', 'ids do not match the same user');
    }
    return (byPlatform ?? byAgent) as FakeUser;
  }
}
