import type { FastifyInstance } from 'fastify';
import type { LogInAttempts } from '../people/log-in-attempts.ts';
import type { Passwords } from '../people/password.ts';
import type { Users } from '../people/users.ts';
import { bodyOf, requiredText } from './body.ts';
import { Problem } from './problem.ts';
import type { SignedIn } from './signed-in.ts';

export interface SessionRouteOptions {
  readonly users: Users;
  readonly passwords: Passwords;
  readonly attempts: LogInAttempts;
  readonly signedIn: SignedIn;
}

/** Signing in and out. */
export function sessionRoutes(app: FastifyInstance, options: SessionRouteOptions): void {
  const { users, passwords, attempts, signedIn } = options;

  app.post('/api/login', async (request, reply) => {
    const body = bodyOf(request.body);
    const username = requiredText(body, 'username', 64);
    const password = requiredText(body, 'password', 256);
    const logIn = { username, address: request.ip };
    if (!attempts.begin(logIn)) throw new Problem('too_many_attempts');
    const user = users.byName(username);
    const outcome = await passwords.check(password, user?.passwordHash);
    if (outcome === 'busy') throw new Problem('busy');
    if (outcome === 'wrong' || user === undefined) throw new Problem('wrong_credentials');
    attempts.succeed(logIn);
    signedIn.signIn(reply, user);
    return { username: user.username };
  });

  app.post('/api/logout', async (request, reply) => {
    signedIn.signOut(request, reply);
    return {};
  });
}
