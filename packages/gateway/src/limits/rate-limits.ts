import type { RateLimit } from '@openvenue/contract';
import { networkOf } from '../access/address.ts';
import { type BucketLimits, type LimitState, TokenBuckets } from './token-buckets.ts';

/** The bucket kinds of the route table, and those that stand in no route. */
export type LimitKind = RateLimit | 'loginName' | 'authentication' | 'agent';

export type RateLimitConfig = Readonly<Record<LimitKind, BucketLimits>>;

/** Sizes that a normal client never meets. */
export const RATE_LIMIT_DEFAULTS: RateLimitConfig = {
  /** Per source address. */
  public: { perSecond: 100, burst: 200 },
  /** Per user. */
  private: { perSecond: 50, burst: 100 },
  /** Per user; a batch costs as much as its orders. */
  order: { perSecond: 100, burst: 200 },
  /** Per user, apart from orders, so that whoever placed too fast can still cancel. */
  cancel: { perSecond: 100, burst: 300 },
  /** Log-in attempts per source address. */
  login: { perSecond: 1, burst: 60 },
  /** Log-in attempts per user name. */
  loginName: { perSecond: 0.1, burst: 10 },
  /** Failed authentications per source address. */
  authentication: { perSecond: 10, burst: 100 },
  /** Calls of an agent, which speaks for all of its users. */
  agent: { perSecond: 200, burst: 400 },
};

/** All token buckets of one gateway. */
export class RateLimits {
  readonly #buckets: Readonly<Record<LimitKind, TokenBuckets>>;

  constructor(config: RateLimitConfig) {
    this.#buckets = {
      public: new TokenBuckets(config.public),
      private: new TokenBuckets(config.private),
      order: new TokenBuckets(config.order),
      cancel: new TokenBuckets(config.cancel),
      login: new TokenBuckets(config.login),
      loginName: new TokenBuckets(config.loginName),
      authentication: new TokenBuckets(config.authentication),
      agent: new TokenBuckets(config.agent),
    };
  }

  /** Counts a call of a source address. */
  takeOfAddress(kind: 'public' | 'login' | 'authentication', ip: string, nowMs: number): LimitState {
    return this.#buckets[kind].take(networkOf(ip), 1, nowMs);
  }

  /** Whether a source address may still try to authenticate. */
  lookAtAuthentication(ip: string, nowMs: number): LimitState {
    return this.#buckets.authentication.look(networkOf(ip), nowMs);
  }

  /** Whether a user may place one more order now. */
  lookAtOrders(userId: number, nowMs: number): LimitState {
    return this.#buckets.order.look(String(userId), nowMs);
  }

  /** Counts a log-in attempt of a user name, whoever makes it. */
  takeOfName(username: string, nowMs: number): LimitState {
    return this.#buckets.loginName.take(username.toLowerCase(), 1, nowMs);
  }

  /** Counts a call of an agent. */
  takeOfAgent(agentId: number, nowMs: number): LimitState {
    return this.#buckets.agent.take(String(agentId), 1, nowMs);
  }

  /** Counts a call of a user. */
  takeOfUser(kind: RateLimit, call: { readonly userId: number; readonly cost: number }, nowMs: number): LimitState {
    return this.#buckets[kind].take(String(call.userId), call.cost, nowMs);
  }
}
