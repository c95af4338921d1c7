import { parse as parseQuery } from 'node:querystring';
import { EMBED_ORIGIN_HEADER, operations, SIGNATURE_REPLAY_MESSAGE } from '@openvenue/contract';
import { KeyAuthenticator, SIGNATURE_WINDOW_MS } from '../access/authenticate-key.ts';
import { type Authentication, SessionAuthenticator } from '../access/authenticate-session.ts';
import type { KeyPrincipal, Principal } from '../access/principal.ts';
import { ReplayGuard } from '../access/replay-guard.ts';
import { rawQueryOf } from '../access/signing.ts';
import { type Answer, type Failure, fail } from '../failure.ts';
import type { LimitState } from '../limits/token-buckets.ts';
import type { Venue } from '../venue.ts';
import { readBody } from './body.ts';
import type { CallContext, Endpoint, PreparedCall } from './endpoint.ts';
import type { IncomingCall } from './incoming-call.ts';

/** The way of a request: who calls, his bucket, the replay guard, the form, the endpoint. The first failure answers. */
export class RequestServer {
  readonly #venue: Venue;
  readonly #sessions: SessionAuthenticator;
  readonly #keys: KeyAuthenticator;
  readonly #replays = new ReplayGuard({ lifeMs: 2 * SIGNATURE_WINDOW_MS });

  constructor(venue: Venue) {
    this.#venue = venue;
    this.#sessions = new SessionAuthenticator(venue.node.core, venue.tokens);
    this.#keys = new KeyAuthenticator(venue.node.core, venue.secrets);
  }

  async answer(endpoint: Endpoint, incoming: IncomingCall): Promise<Answer<unknown>> {
    const call = new RunningCall(this.#venue, incoming);
    const { auth, rateLimit } = endpoint.route;
    if (auth === '-') {
      const limit = this.#venue.limits.takeOfAddress(rateLimit === 'login' ? 'login' : 'public', call.ip, call.nowMs);
      if (!call.passes(limit)) return fail('RATE_LIMITED');
      const prepared = prepare(endpoint, call);
      return prepared.ok ? prepared.run(this.#venue, call, await this.#optionalCaller(endpoint, call)) : prepared;
    }
    const authentication = await this.#authenticate(endpoint, call);
    if (!authentication.ok) return authentication;
    const { principal } = authentication;
    if ((auth === 'J' || auth === 'RT') && isEmbedded(principal) && endpoint.route !== operations.logout)
      return EMBEDDED;
    const { record } = call.incoming;
    record.userId = principal.userId;
    record.externalUserId = principal.externalUserId;
    const prepared = prepare(endpoint, call);
    const cost = prepared.ok ? prepared.cost : 1;
    const limit = this.#venue.limits.takeOfUser(rateLimit, { userId: principal.userId, cost }, call.nowMs);
    if (!call.passes(limit)) return fail('RATE_LIMITED');
    const replayed = principal.kind === 'key' ? this.#noteKeyUse(endpoint, principal, call.nowMs) : undefined;
    if (replayed !== undefined) return replayed;
    if (!prepared.ok) return prepared;
    const run = () => prepared.run(this.#venue, call, principal);
    return rateLimit === 'order' ? this.#venue.orderGate.pass(run) : run();
  }

  /** Who calls a route that is open to anyone and says more to who is signed in. A credential that does not hold is none. */
  async #optionalCaller(endpoint: Endpoint, call: RunningCall): Promise<Principal | undefined> {
    const { authorization, 'x-api-key': apiKey } = call.incoming.headers;
    if (!endpoint.route.callerOptional || (authorization === undefined && apiKey === undefined)) return undefined;
    const authentication = await this.#authenticate(endpoint, call);
    if (!authentication.ok) return undefined;
    const { principal } = authentication;
    if (principal.kind === 'key') this.#venue.keyUses.note(principal.apiKeyId, call.nowMs);
    return principal;
  }

  /** A source that has failed too often is not listened to; a success costs it nothing. */
  async #authenticate(endpoint: Endpoint, call: RunningCall): Promise<Authentication<Principal>> {
    const { limits } = this.#venue;
    if (!call.passes(limits.lookAtAuthentication(call.ip, call.nowMs))) return fail('RATE_LIMITED');
    const { headers, body } = call.incoming;
    const apiKey = headers['x-api-key'];
    const authentication =
      apiKey === undefined
        ? await this.#sessions.authenticate(headers.authorization, call.nowMs)
        : this.#keys.authenticate(
            {
              apiKey: String(apiKey),
              rawQuery: call.rawQuery,
              body,
              ip: call.ip,
              auth: endpoint.route.callerOptional ? 'R' : endpoint.route.auth,
            },
            call.nowMs,
          );
    if (!authentication.ok) call.limited(limits.takeOfAddress('authentication', call.ip, call.nowMs));
    return authentication;
  }

  /**
   * The payload of a signature names no path, so that one guard for all guarded routes also keeps a query's signature from
   * being used for a write. For writes the core takes it once more, because this guard forgets with the process.
   */
  #noteKeyUse(endpoint: Endpoint, principal: KeyPrincipal, nowMs: number): Failure | undefined {
    this.#venue.keyUses.note(principal.apiKeyId, nowMs);
    if (!endpoint.route.replayGuard) return undefined;
    switch (this.#replays.take(principal.signatureHash, nowMs)) {
      case 'taken':
        return undefined;
      case 'replayed':
        return fail('DUPLICATE_REQUEST', { message: SIGNATURE_REPLAY_MESSAGE });
      case 'full':
        return fail('TEMPORARILY_UNAVAILABLE');
    }
  }
}

/** An embedded terminal trades and reads: what needs a log-in or moves money is not for it, reads included, but to end itself. */
const EMBEDDED = fail('PERMISSION_DENIED', { details: { rule: 'a log-in; embedded terminals are not taken here' } });

const isEmbedded = (principal: Principal): boolean => principal.kind === 'session' && principal.embed;

function prepare(endpoint: Endpoint, call: RunningCall): PreparedCall | Failure {
  const { incoming } = call;
  const body = readBody(incoming.body, incoming.record.contentType);
  return body.ok ? endpoint.prepare({ query: parseQuery(call.rawQuery), body: body.value }) : body;
}

/** One request on its way. */
class RunningCall implements CallContext {
  readonly incoming: IncomingCall;
  readonly nowMs: number;
  readonly ip: string;
  readonly #venue: Venue;

  constructor(venue: Venue, incoming: IncomingCall) {
    this.#venue = venue;
    this.incoming = incoming;
    this.nowMs = venue.clock.nowMs();
    this.ip = incoming.ip;
  }

  /** The query as it was sent: what is signed is what is read. */
  get rawQuery(): string {
    return rawQueryOf(this.incoming.target);
  }

  get embedOrigin(): string {
    const named = this.incoming.headers[EMBED_ORIGIN_HEADER];
    return typeof named === 'string' ? named : '';
  }

  get refreshCookie(): string | undefined {
    return this.incoming.cookie(this.#venue.refreshCookie.name);
  }

  setRefreshCookie(value: string, lifeMs: number): void {
    const { name } = this.#venue.refreshCookie;
    this.incoming.setCookie(name, value, this.#venue.refreshCookie.attributes(lifeMs));
  }

  limited(state: LimitState): void {
    this.incoming.record.limit = state;
  }

  passes(state: LimitState): boolean {
    this.limited(state);
    return state.allowed;
  }
}
