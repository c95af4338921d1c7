import { FakeWebSocketServer } from '@openvenue/api-client/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NoHostTokenError } from './no-host-token-error.ts';
import { RENEWAL_AHEAD_MS, RENEWAL_RETRY_MS, Session } from './session.ts';

const LIFE_MS = 600_000;
const SIGN_OF_LIFE_MS = 10_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A page at a venue whose first connection, of the market, has been taken. */
async function scene(options: { readonly hasSessionPerToken: boolean }) {
  const venue = new FakeWebSocketServer();
  vi.stubGlobal('WebSocket', venue.WebSocket);
  const reasons: string[] = [];
  const faults: Error[] = [];
  const session = new Session({
    origin: 'https://venue.example',
    ...options,
    silentSignIn: async (_client, reason) => {
      reasons.push(reason);
      const fault = faults.shift();
      if (fault !== undefined) throw fault;
      return { accessToken: `token-${reasons.length}`, accessExpire: (Date.now() + LIFE_MS) / 1_000 };
    },
  });
  const market = await venue.nextConnection();
  market.accept();
  await session.resume();
  const first = await venue.nextConnection();
  first.accept('1');
  first.pushUser('1', '5', { eventType: 'ACCOUNT_UPDATE' });
  /** Lets time go by while the connections give signs of life, without which they are taken for dead. */
  const pass = async (timeMs: number): Promise<void> => {
    for (let left = timeMs; left > 0; left -= SIGN_OF_LIFE_MS) {
      await vi.advanceTimersByTimeAsync(Math.min(left, SIGN_OF_LIFE_MS));
      for (const connection of [market, first]) connection.push({ event: 'pong' });
    }
  };
  return { venue, session, reasons, faults, first, pass };
}

describe('a session that ends with its token', () => {
  it('is followed by the next one ahead of its end, without a loss of connection', async () => {
    const { venue, session, reasons, first, pass } = await scene({ hasSessionPerToken: true });
    const states: string[] = [];
    const auth = session.auth.getState();
    if (auth.status !== 'signed-in') throw new Error('nobody is signed in');
    auth.stream.onState(({ state }) => states.push(state));
    await pass(LIFE_MS - RENEWAL_AHEAD_MS - 1);
    expect(reasons).toEqual(['initial']);
    await pass(1);
    expect(reasons).toEqual(['initial', 'refresh']);
    await pass(1);
    const next = await venue.nextConnection();
    expect(Object.fromEntries(next.url.searchParams)).toEqual({ token: 'token-2', since: '5' });
    expect(first.isClosed).toBe(false);
    next.accept('1');
    expect(first.isClosed).toBe(true);
    expect(states).toEqual([]);
    expect(session.auth.getState()).toBe(auth);
  });

  it('asks again and again until its end when the embedding page gives no token', async () => {
    const { reasons, faults, pass } = await scene({ hasSessionPerToken: true });
    faults.push(...Array.from({ length: 100 }, () => new NoHostTokenError('token_provider_failed')));
    await pass(LIFE_MS + 60_000);
    const tries = Math.ceil(RENEWAL_AHEAD_MS / RENEWAL_RETRY_MS);
    expect(reasons).toEqual(['initial', ...Array.from({ length: tries + 1 }, () => 'refresh')]);
  });

  it('is not followed by another once the user has left', async () => {
    const { session, reasons, pass } = await scene({ hasSessionPerToken: true });
    session.close();
    await pass(LIFE_MS * 2);
    expect(reasons).toEqual(['initial']);
    expect(session.auth.getState()).toEqual({ status: 'signed-out', reason: 'signed-out' });
  });
});

it('a session that outlives its token keeps its connection', async () => {
  const { session, reasons, first, pass } = await scene({ hasSessionPerToken: false });
  await pass(LIFE_MS - 1_000);
  expect(reasons).toEqual(['initial']);
  expect(first.isClosed).toBe(false);
  session.close();
});
