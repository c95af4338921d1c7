import { UNITS_PER_USDT } from '../money/amount.ts';
import type { Passwords } from './password.ts';
import type { Users } from './users.ts';

/** The user of a demo site, with a password that everybody knows. */
export const DEMO_USER = { username: 'carol', password: 'carol-demo' } as const;
/** In units. */
export const DEMO_BALANCE = 10_000n * UNITS_PER_USDT;

/** Adds the demo user at the first start; a balance that was spent is not topped up. */
export async function seedDemoUser(users: Users, passwords: Passwords): Promise<void> {
  const { username, password } = DEMO_USER;
  if (users.byName(username) !== undefined) return;
  users.add({ username, passwordHash: await passwords.hash(password), openingBalance: DEMO_BALANCE });
}
