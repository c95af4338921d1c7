import type { IncomingMessage } from 'node:http';
import type { RateLimits } from '../limits/rate-limits.ts';
import type { LimitState } from '../limits/token-buckets.ts';
import type { CallRecord } from './call-record.ts';

interface Sender {
  readonly credential: string;
  readonly userId: number;
  readonly externalUserId: string;
}

/**
 * Remembers who has proved to be whom on a connection, so that an order that is over its user's limit is refused before it takes a place
 * in line from others. Only whoever names the same credential on the same connection is told of that limit.
 */
export class KnownSenders {
  readonly #senders = new WeakMap<object, Sender>();
  readonly #limits: Pick<RateLimits, 'lookAtOrders'>;

  constructor(limits: Pick<RateLimits, 'lookAtOrders'>) {
    this.#limits = limits;
  }

  /** Takes note of a request that was answered. */
  note({ socket, headers }: IncomingMessage, { userId, externalUserId = '' }: CallRecord): void {
    const credential = credentialOf(headers);
    if (userId === undefined || this.#senders.get(socket)?.credential === credential) return;
    this.#senders.set(socket, { credential, userId, externalUserId });
  }

  /** The limit of the sender, if he is known and it is spent. */
  overLimit(
    { socket, headers }: IncomingMessage,
    nowMs: number,
  ): { readonly externalUserId: string; readonly limit: LimitState } | undefined {
    const sender = this.#senders.get(socket);
    if (sender === undefined || sender.credential !== credentialOf(headers)) return undefined;
    const limit = this.#limits.lookAtOrders(sender.userId, nowMs);
    return limit.allowed ? undefined : { externalUserId: sender.externalUserId, limit };
  }
}

const credentialOf = ({ 'x-api-key': apiKey, authorization = '' }: IncomingMessage['headers']): string =>
  apiKey === undefined ? authorization : String(apiKey);
