import { money, ONE } from '@openvenue/money';
import { expect, test } from 'vitest';
import { SimulationVenue } from '../testing/simulation-venue.ts';
import { accountsNeeded, HOUSE_FUNDING, LEAST_WALLET, topUps } from './accounts.ts';

test('two makers and three takers are needed, marked as the house and as simulated', () => {
  const accounts = accountsNeeded();
  expect(accounts.map(({ username }) => username)).toEqual([
    'sim-maker-1',
    'sim-maker-2',
    'sim-taker-1',
    'sim-taker-2',
    'sim-taker-3',
  ]);
  for (const account of accounts) {
    expect(account).toMatchObject({ kind: 'house', funding: 10_000_000n * ONE });
    expect(account.displayName).toContain('Simulated');
  }
});

test('an account is topped up to its funding once it has lost half of it, not before', () => {
  const venue = new SimulationVenue();
  const userId = venue.accounts.takers[0] as number;
  const lose = (amount: bigint): void => {
    venue.ok({ type: 'adjust-wallet', userId, amount: money(-amount), changeType: 'ADJUSTMENT' });
  };
  lose(HOUSE_FUNDING - LEAST_WALLET);
  expect(topUps(venue.core, [userId])).toEqual([]);
  lose(1n);
  const commands = topUps(venue.core, [userId]);
  expect(commands).toHaveLength(1);
  for (const command of commands) venue.ok(command);
  expect(venue.core.exchange.account(userId).wallet).toBe(HOUSE_FUNDING);
});
