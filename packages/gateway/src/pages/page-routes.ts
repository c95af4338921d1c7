import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { networkOf } from '../access/address.ts';
import { fail } from '../failure.ts';
import { callRecordOf } from '../http/call-record.ts';
import type { Replier } from '../http/reply.ts';
import { TokenBuckets } from '../limits/token-buckets.ts';
import type { Venue } from '../venue.ts';

/** Pages and their files per source address, apart from calls of the API: one page load is two dozen of them. */
const PAGE_LIMIT = { perSecond: 200, burst: 2_000 };

export type PageHandler = (request: FastifyRequest, reply: FastifyReply) => FastifyReply;

/** Adds routes that answer with pages; all of them together count on one limit per source address. */
export class PageRoutes {
  readonly #app: FastifyInstance;
  readonly #venue: Venue;
  readonly #replier: Replier;
  readonly #limit = new TokenBuckets(PAGE_LIMIT);

  constructor(app: FastifyInstance, surroundings: { readonly venue: Venue; readonly replier: Replier }) {
    this.#app = app;
    this.#venue = surroundings.venue;
    this.#replier = surroundings.replier;
  }

  add(url: string, handler: PageHandler): void {
    this.#app.route({
      method: ['GET', 'HEAD'],
      url,
      handler: (request, reply) => {
        const limit = this.#limit.take(networkOf(request.ip), 1, this.#venue.clock.nowMs());
        if (limit.allowed) return handler(request, reply);
        callRecordOf(request).limit = limit;
        return this.#replier.send(request, reply, fail('RATE_LIMITED'));
      },
    });
  }
}
