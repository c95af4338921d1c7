import type { FastifyReply, FastifyRequest } from 'fastify';
import { SESSION_MS, type Sessions } from '../people/sessions.ts';
import type { User, Users } from '../people/users.ts';
import { Problem } from './problem.ts';

export interface SignedInOptions {
  readonly sessions: Sessions;
  readonly users: Users;
  /** Whether browsers see the site over https. */
  readonly isSecure: boolean;
}

/** Sessions in a cookie that scripts cannot read and other sites' requests do not carry. */
export class SignedIn {
  readonly #options: SignedInOptions;

  constructor(options: SignedInOptions) {
    this.#options = options;
  }

  /** @throws Problem when nobody is signed in. */
  userOf(request: FastifyRequest): User {
    const { sessions, users } = this.#options;
    const token = request.cookies[this.#cookieName];
    const userId = token === undefined ? undefined : sessions.userIdOf(token);
    const user = userId === undefined ? undefined : users.byId(userId);
    if (user === undefined) throw new Problem('not_signed_in');
    return user;
  }

  signIn(reply: FastifyReply, user: User): void {
    const token = this.#options.sessions.open(user.userId);
    reply.setCookie(this.#cookieName, token, { ...this.#cookie, maxAge: SESSION_MS / 1000 });
  }

  signOut(request: FastifyRequest, reply: FastifyReply): void {
    const token = request.cookies[this.#cookieName];
    if (token !== undefined) this.#options.sessions.close(token);
    reply.clearCookie(this.#cookieName, this.#cookie);
  }

  /** The prefix makes browsers refuse the cookie from a neighbouring host and without https. */
  get #cookieName(): string {
    return this.#options.isSecure ? '__Host-partner_session' : 'partner_session';
  }

  get #cookie() {
    return { path: '/', httpOnly: true, sameSite: 'lax', secure: this.#options.isSecure } as const;
  }
}
