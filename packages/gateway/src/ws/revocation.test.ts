import { operations } from '@openvenue/contract';
import type { IdentityEvent } from '@openvenue/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EMBED_SESSION_TTL_MS, REFRESH_TTL_MS } from '../options.ts';
import { AgentScene, type TestAgent } from '../testing/agent-scene.ts';
import { OrderSocket } from '../testing/order-socket.ts';
import { type Credential, PASSWORD, type Reply, type Sent } from '../testing/venue.ts';
import type { WsTestClient } from '../testing/ws-test-client.ts';

type EndOf<Type extends IdentityEvent['type']> = Extract<IdentityEvent, { type: Type; reason: string }>['reason'];

/** Open sockets may outlive their credential by this. */
const MOST_MS = 1_000;
const HOUR_MS = 3_600_000;
const NAME = 'carol.77';
const ORDER = { symbol: 'BTCUSDT', type: 'LIMIT', side: 'BUY', price: '59900', quantity: '0.01' };
const WIDE = { perSecond: 100_000, burst: 100_000 };

let socket: OrderSocket;
let partner: AgentScene;
let agent: TestAgent;
let userId: number;
beforeEach(async () => {
  const rateLimits = { login: WIDE, loginName: WIDE, authentication: WIDE };
  // The limits of the sockets are those that a venue has by default: they are what is measured.
  socket = await OrderSocket.start({ config: { rateLimits } });
  partner = AgentScene.of(socket.gateway);
  agent = await partner.agent();
  const externalUserId = await partner.bind(agent);
  await setPassword();
  userId = socket.gateway.node.core.identity.userByExternalId(externalUserId)?.userId ?? 0;
});
afterEach(() => socket.stop());

const setPassword = () =>
  partner.call(agent, 'set-credentials', { agentUserId: 'carol', username: NAME, password: PASSWORD });
const disableByAgent = () => partner.call(agent, 'disable-user', { agentUserId: 'carol', disabled: true });
const disableByVenue = () =>
  socket.gateway.node.accepted({ type: 'set-user-disabled', userId, disabled: true }, 'done');
const passTime = async (ms: number) => {
  socket.gateway.clock.ms += ms;
};
const refresh = (cookie: string) =>
  socket.gateway.send({
    method: 'POST',
    url: operations.refreshToken.path,
    headers: { cookie: `__Host-openvenue_refresh=${cookie}` },
  });

/** What is held and will end, and what can be done with it. */
interface Held {
  readonly credential: Credential;
  readonly cookie: string;
}

const logIn = async (): Promise<Held> => {
  const session = await socket.gateway.logIn(NAME);
  return { credential: session, cookie: session.cookie };
};
const embed = async (): Promise<Held> => ({
  credential: { accessToken: await partner.embedSession(agent) },
  cookie: '',
});
const callAs = ({ credential }: Held, sent: Sent): Promise<Reply> => socket.gateway.call(credential, sent);
const logOut = ({ credential, cookie }: Held) =>
  socket.gateway.call(credential, {
    method: 'POST',
    url: operations.logout.path,
    headers: { cookie: `__Host-openvenue_refresh=${cookie}` },
  });

async function listenKeyOf(held: Held): Promise<string> {
  const { code, data } = await callAs(held, { method: 'POST', url: operations.createListenKey.path });
  expect(code).toBe(0);
  return String(data['listenKey']);
}

/** The two ways a socket can stand on a credential; a key has the second alone. */
const SOCKETS = {
  token: async ({ credential }: Held) => `/ws?token=${'accessToken' in credential ? credential.accessToken : ''}`,
  'listen key': async (held: Held) => `/ws?listenKey=${await listenKeyOf(held)}`,
} as const;

async function open(path: string): Promise<WsTestClient> {
  const client = await socket.connectTo(path);
  expect(await client.next()).toMatchObject({ event: 'auth', success: true });
  return client;
}

interface Expected {
  readonly push: { readonly eventType: string; readonly reason: string };
  /** What HTTP answers to the same credential at once. */
  readonly code: number;
}

/**
 * Ends the credential: HTTP refuses it in the very next call, an order over the open socket comes to nothing, and the socket says why
 * it ends and is closed with 4002 within a second. Nothing opens with the same path again.
 */
async function expectEnd(
  path: string,
  { held, end, expected }: { held: Held; end: () => Promise<unknown>; expected: Expected },
): Promise<void> {
  const client = await open(path);
  const closed = client.closed.then(({ code }) => ({ code, atMs: performance.now() }));
  await end();
  const endedMs = performance.now();
  client.send({ id: 'late', op: 'order.place', args: [ORDER] });
  const refused = await callAs(held, { url: operations.getUserInfo.path });
  expect(refused).toMatchObject({ code: expected.code, data: {} });
  const { code, atMs } = await closed;
  expect(code).toBe(4002);
  expect(atMs - endedMs).toBeLessThanOrEqual(MOST_MS);
  const push = await client.nextThat(({ data, event }) => event === 'error' || data?.['eventType'] !== undefined);
  expect(push.data).toMatchObject(expected.push);
  expect(socket.gateway.node.core.exchange.openOrders(userId)).toEqual([]);
  const again = await socket.connectTo(path);
  expect(await again.next()).toMatchObject({ event: 'error', success: false });
  expect(await again.closed).toMatchObject({ code: 4001 });
}

const sessionEnded = (reason: string, code: number): Expected => ({
  push: { eventType: 'SESSION_ENDED', reason },
  code,
});

interface SessionEnd extends Expected {
  readonly hold: () => Promise<Held>;
  readonly end: (held: Held) => Promise<unknown>;
}

/** Every reason for which the core revokes a session, and then the ends that are no revocation. */
const SESSION_ENDS: Readonly<Record<EndOf<'session-revoked'>, SessionEnd>> & Readonly<Record<string, SessionEnd>> = {
  LOGOUT: { hold: logIn, end: logOut, ...sessionEnded('LOGGED_OUT', 1004) },
  REUSE: {
    hold: logIn,
    // The token before the last one: it was replaced by a renewal that was used.
    end: async ({ cookie }) => {
      const second = await refresh(cookie);
      await refresh(second.cookie ?? '');
      expect(await refresh(cookie)).toMatchObject({ code: 1004 });
    },
    ...sessionEnded('REVOKED', 1004),
  },
  DISABLED: { hold: logIn, end: disableByAgent, ...sessionEnded('USER_DISABLED', 1004) },
  EVICTED: {
    hold: logIn,
    end: async () => {
      for (let more = 0; more < 50; more++) await logIn();
    },
    ...sessionEnded('REVOKED', 1004),
  },
  ALL: {
    hold: logIn,
    end: () => socket.gateway.node.accepted({ type: 'revoke-all-sessions', userId }, 'revoked'),
    ...sessionEnded('REVOKED', 1004),
  },
  'another password': { hold: logIn, end: setPassword, ...sessionEnded('REVOKED', 1004) },
  'disabled by the venue': { hold: logIn, end: disableByVenue, ...sessionEnded('USER_DISABLED', 1004) },
  'embedded, logged out': { hold: embed, end: logOut, ...sessionEnded('LOGGED_OUT', 1004) },
  'embedded, disabled': { hold: embed, end: disableByAgent, ...sessionEnded('USER_DISABLED', 1004) },
  'embedded, its time over': {
    hold: embed,
    end: () => passTime(EMBED_SESSION_TTL_MS),
    ...sessionEnded('EXPIRED', 1002),
  },
};

describe.each(Object.keys(SOCKETS) as (keyof typeof SOCKETS)[])('a socket by %s', (kind) => {
  test.each(Object.entries(SESSION_ENDS))('ends with its session: %s', async (_name, { hold, end, ...expected }) => {
    const held = await hold();
    await expectEnd(await SOCKETS[kind](held), { held, end: () => end(held), expected });
  });
});

test('a socket by token ends when the time of its session is over, without any command', async () => {
  const held = await logIn();
  const expected = sessionEnded('EXPIRED', 1002);
  await expectEnd(await SOCKETS.token(held), { held, end: () => passTime(REFRESH_TTL_MS), expected });
});

describe('a socket by the listen key of an API key', () => {
  const keyEnded = (reason: string, code: number): Expected => ({ push: { eventType: 'API_KEY_ENDED', reason }, code });
  const key = async (owner: Held): Promise<Held> => {
    assertSession(owner.credential);
    return { credential: await socket.gateway.apiKey(owner.credential.accessToken), cookie: '' };
  };
  const idOf = async (owner: Held): Promise<string> => {
    const { data } = await callAs(owner, { url: operations.listApiKeys.path });
    return (data['list'] as { readonly id: string }[])[0]?.id ?? '';
  };
  const update = (settings: object) => async (owner: Held) =>
    callAs(owner, {
      method: 'PUT',
      url: operations.updateApiKey.path,
      body: { id: await idOf(owner), ...settings },
    });

  test.each<[name: string, end: (owner: Held) => Promise<unknown>, expected: Expected]>([
    ['disabled', update({ status: 0 }), keyEnded('DISABLED', 1003)],
    ['without the right to read', update({ permissions: 2 }), keyEnded('DISABLED', 3006)],
    [
      'deleted',
      async (owner) =>
        callAs(owner, { method: 'POST', url: operations.deleteApiKey.path, body: { id: await idOf(owner) } }),
      keyEnded('DELETED', 1003),
    ],
    [
      'deleted with all others',
      (owner) => callAs(owner, { method: 'POST', url: operations.deleteAllApiKeys.path }),
      keyEnded('DELETED', 1003),
    ],
    ['of a user whom the agent disables', disableByAgent, keyEnded('USER_DISABLED', 1004)],
    ['of a user whom the venue disables', disableByVenue, keyEnded('USER_DISABLED', 1004)],
  ])('ends with the key: %s', async (_name, end, expected) => {
    const owner = await logIn();
    const held = await key(owner);
    await expectEnd(await SOCKETS['listen key'](held), { held, end: () => end(owner), expected });
  });

  test('does not end with the session that has made the key', async () => {
    const owner = await logIn();
    const client = await open(await SOCKETS['listen key'](await key(owner)));
    await logOut(owner);
    expect(await client.received()).toEqual([]);
  });
});

describe('a socket by a listen key that ends alone', () => {
  test.each<[name: string, end: (held: Held, listenKey: string) => Promise<unknown>, reason: string]>([
    [
      'deleted',
      (held, listenKey) =>
        callAs(held, { method: 'DELETE', url: operations.deleteListenKey.path, body: { listenKey } }),
      'DELETED',
    ],
    [
      'the oldest of eleven',
      async (held) => {
        for (let more = 0; more < 10; more++) await listenKeyOf(held);
      },
      'DELETED',
    ],
    ['not renewed', () => passTime(HOUR_MS), 'EXPIRED'],
  ])('%s: closed with 4002 within a second, and never opened again', async (_name, end, reason) => {
    const held = await logIn();
    const listenKey = await listenKeyOf(held);
    const path = `/ws?listenKey=${listenKey}`;
    const client = await open(path);
    const closed = client.closed.then(({ code }) => ({ code, atMs: performance.now() }));
    await end(held, listenKey);
    const endedMs = performance.now();
    const { code, atMs } = await closed;
    expect(code).toBe(4002);
    expect(atMs - endedMs).toBeLessThanOrEqual(MOST_MS);
    expect((await client.next()).data).toMatchObject({ eventType: 'LISTEN_KEY_EXPIRED', reason });
    const again = await socket.connectTo(path);
    expect(await again.closed).toMatchObject({ code: 4001 });
  });
});

test('a socket by the listen key of an embedded session ends with its time, without any command', async () => {
  const held = await embed();
  const path = await SOCKETS['listen key'](held);
  const client = await open(path);
  await passTime(EMBED_SESSION_TTL_MS);
  const again = await socket.connectTo(path);
  expect(await again.closed).toMatchObject({ code: 4001 });
  expect(await client.closed).toMatchObject({ code: 4002 });
  expect((await client.next()).data).toMatchObject({ eventType: 'SESSION_ENDED', reason: 'EXPIRED' });
});

test('a client that neither reads nor answers the close is cut off within a second all the same', async () => {
  const held = await logIn();
  const client = await open(await SOCKETS.token(held));
  const [gone, before] = [Promise.withResolvers<number>(), socket.connections()];
  client.webSocket.pause();
  await logOut(held);
  const endedMs = performance.now();
  client.send({ id: 'late', op: 'order.place', args: [ORDER] });
  const timer = setInterval(() => {
    if (socket.connections() < before) gone.resolve(performance.now());
  }, 10);
  expect((await gone.promise) - endedMs).toBeLessThanOrEqual(MOST_MS);
  clearInterval(timer);
  expect(socket.gateway.node.core.exchange.openOrders(userId)).toEqual([]);
});

function assertSession(credential: Credential): asserts credential is { readonly accessToken: string } {
  if (!('accessToken' in credential)) throw new Error('only sessions make keys');
}
