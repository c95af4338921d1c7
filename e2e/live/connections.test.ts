import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BTC } from '@openvenue/core/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AgentCaller } from '../testing/agent-caller.ts';
import { Client, Socket } from './client.ts';
import { OperatedVenue } from './operated-venue.ts';
import { Person } from './person.ts';
import { ServedSchemas } from './served-schemas.ts';

const { symbol } = BTC;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const folders: string[] = [];
const freshFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'openvenue-connections-'));
  folders.push(folder);
  return folder;
};

const folder = freshFolder();
let venue: OperatedVenue;
let client: Client;
beforeAll(async () => {
  await start(Date.now());
});
afterEach(() => expect(client.schemas.faults.splice(0)).toEqual([]));
afterAll(async () => {
  await venue.stop();
  for (const each of folders) rmSync(each, { recursive: true, force: true });
});

/** Starts a venue behind a proxy on this machine and others in 10.0.0.0/8, at a time. */
async function start(nowMs: number): Promise<void> {
  const OPENVENUE_TRUST_PROXY = '127.0.0.1,10.0.0.0/8';
  venue = await OperatedVenue.start(folder, { OPENVENUE_TRUST_PROXY, CLOCK_MS: String(nowMs) });
  client = await listed(venue);
}

/** A client of a venue that has a market. */
async function listed(started: OperatedVenue): Promise<Client> {
  await started.run({ type: 'configure-symbol', parameters: BTC });
  await started.prices({ [symbol]: '60000' });
  return new Client(started.url, await ServedSchemas.of(started.url));
}

let persons = 0;
const bring = (): Promise<Person> =>
  Person.bring(venue, client, { name: `person-${++persons}`, symbol, wallet: '100000' });
/** Two events: the order, and the margin that it freezes. */
async function place(person: Person): Promise<void> {
  await venue.prices({ [symbol]: '60000' });
  await person.place({ side: 'BUY', price: '59000', quantity: '0.001' });
}
const listenKeyOf = async (person: Person): Promise<string> =>
  (await person.succeed('POST /v1/private/user/listen-key')).listenKey;

/** Connects with a credential that is no longer taken. */
async function refusalOf(query: Readonly<Record<string, string>>): Promise<number> {
  const socket = await Socket.open(client, query);
  const { success, code } = await socket.next(({ event }) => event === 'error');
  expect([success, (await socket.closed).code]).toEqual([false, 4001]);
  return code;
}

/** Waits for the event of a credential that has ended and for the end of its connection. */
async function endOf(socket: Socket): Promise<string> {
  const { data, seq } = await socket.next((frame) => frame.topic !== undefined && frame.seq === undefined);
  expect([seq, (await socket.closed).code]).toEqual([undefined, 4002]);
  return `${data.eventType} ${data.reason}`;
}

describe('credentials end', () => {
  it('a listen key after 60 minutes, counted anew by each PUT, and an access token after 30', async () => {
    const person = await bring();
    const [kept, left] = [await listenKeyOf(person), await listenKeyOf(person)];
    expect(kept).not.toBe(left);
    const { token } = person;
    const [byKept, byLeft] = [await person.listen({ listenKey: kept }), await person.listen({ listenKey: left })];
    const byToken = await person.listen();

    await venue.moveClock(31 * MINUTE_MS);
    expect(await client.call('GET /v1/private/user/info', { token })).toMatchObject({ status: 401, code: 1002 });
    expect(await refusalOf({ token })).toBe(1002);
    await person.logIn();
    await person.succeed('PUT /v1/private/user/listen-key', { listenKey: kept });

    await venue.moveClock(29 * MINUTE_MS);
    expect(await endOf(byLeft)).toBe('LISTEN_KEY_EXPIRED EXPIRED');
    expect(await refusalOf({ listenKey: left })).toBe(1003);
    await byKept.settled();
    await byToken.settled();
    await person.logIn();
    await person.succeed('DELETE /v1/private/user/listen-key', { listenKey: kept });
    expect(await endOf(byKept)).toBe('LISTEN_KEY_EXPIRED DELETED');
    await byToken.settled();
  });

  it('a session by its log-out, by its time, and an embedded one after 10 minutes', async () => {
    const person = await bring();
    const body = { username: person.name, password: `${person.name}-password` };
    const { data, headers } = await client.call('POST /v1/public/user/login', { body });
    const token = data.accessToken;
    const { listenKey } = await client.succeed('POST /v1/private/user/listen-key', { token });
    const sockets = [await Socket.open(client, { token }), await Socket.open(client, { listenKey })];
    const Cookie = headers.getSetCookie()[0]?.split(';')[0] ?? '';
    await client.succeed('POST /v1/private/user/logout', { token, headers: { Cookie } });
    for (const socket of sockets) expect(await endOf(socket)).toMatch(/^SESSION_ENDED/);
    expect(await refusalOf({ token })).toBe(1004);

    const agent = new AgentCaller({ url: venue.url, ...venue.demoAgent });
    const timestamp = Math.floor((await venue.moveClock(0)) / 1_000);
    await agent.call('bind', { agentUserId: 'embedded', timestamp });
    const { embedToken } = await agent.call('create-embed-token', {
      agentUserId: 'embedded',
      channelId: 'tw_1',
      timestamp,
    });
    const embedded = await client.succeed('POST /v1/public/agent-sso/exchange-embed-token', {
      body: { embedToken, channelId: 'tw_1' },
      headers: { 'X-Embed-Origin': 'http://127.0.0.1:8081' },
    });
    const inFrame = await Socket.open(client, { token: embedded.accessToken });
    await venue.moveClock(10 * MINUTE_MS);
    expect(await endOf(inFrame)).toBe('SESSION_ENDED EXPIRED');

    await venue.moveClock(30 * DAY_MS);
    expect(await endOf(person.socket)).toBe('SESSION_ENDED EXPIRED');
  });

  it('an API key that is disabled', async () => {
    const person = await bring();
    const key = await person.succeed('POST /v1/private/user/api-key/create', { label: 'bot' });
    const { listenKey } = (await signed(key, 'POST /v1/private/user/listen-key', {})).data;
    const socket = await Socket.open(client, { listenKey });
    const { list } = await person.succeed('GET /v1/private/user/api-key/list');
    await person.succeed('PUT /v1/private/user/api-key/update', { id: list[0].id, status: 0 });
    expect(await endOf(socket)).toBe('API_KEY_ENDED DISABLED');
  });
});

interface Key {
  readonly apiKey: string;
  readonly apiSecret: string;
}

/** Calls with a signature, through proxies that say where the call came from. */
async function signed({ apiKey, apiSecret }: Key, target: string, headers: Readonly<Record<string, string>>) {
  const timestamp = String(await venue.moveClock(1));
  const signature = createHmac('sha256', apiSecret).update(`timestamp=${timestamp}`).digest('hex');
  return client.call(target, { query: { timestamp, signature }, headers: { 'X-API-KEY': apiKey, ...headers } });
}

describe('behind proxies', () => {
  it.each([
    ['198.51.100.9', '198.51.100.9'],
    ['1.1.1.1, 203.0.113.7, 10.1.1.1', '203.0.113.7'],
    ['2001:DB8:0::1', '2001:db8::1'],
    ['::ffff:198.51.100.4', '198.51.100.4'],
    ['1.1.1.1, 203.0.113.7:4711', '203.0.113.7'],
    ['[2001:db8::1]:4711, 10.1.1.1', '2001:db8::1'],
    ['unknown', ''],
  ])('a log-in through %s comes from %s', async (forwarded, ip) => {
    const { name } = await bring();
    const body = { username: name, password: `${name}-password` };
    const headers = { 'X-Forwarded-For': forwarded };
    const { accessToken: token } = await client.succeed('POST /v1/public/user/login', { body, headers });
    const { userInfo } = await client.succeed('GET /v1/private/user/info', { token });
    expect(userInfo.lastLoginIp).toBe(ip);
  });

  it('the allow-list of a key holds over REST and for orders on its socket', async () => {
    const person = await bring();
    const ipWhitelist = ['203.0.113.0/24', '2001:db8::/32'];
    const settings = { label: 'bot', permissions: 3, ipWhitelist };
    const key = await person.succeed('POST /v1/private/user/api-key/create', settings);
    const codeFrom = async (forwarded: string): Promise<number> =>
      (await signed(key, 'GET /v1/private/user/asset', { 'X-Forwarded-For': forwarded })).code;
    expect(await codeFrom('203.0.113.9')).toBe(0);
    expect(await codeFrom('198.51.100.9, 203.0.113.9, 10.0.0.1')).toBe(0);
    expect(await codeFrom('203.0.113.9:4711')).toBe(0);
    expect(await codeFrom('::ffff:203.0.113.9')).toBe(0);
    expect(await codeFrom('2001:db8:1::9')).toBe(0);
    expect(await codeFrom('203.0.113.9, 198.51.100.9')).toBe(1006);
    expect(await codeFrom('2001:db9::9')).toBe(1006);

    const inside = { 'X-Forwarded-For': '203.0.113.9' };
    const { listenKey } = (await signed(key, 'POST /v1/private/user/listen-key', inside)).data;
    const order = { symbol, type: 'LIMIT', side: 'BUY', price: '59000', quantity: '0.001' };
    for (const [from, answer] of [
      ['203.0.113.9', { event: 'order.place', success: true }],
      ['198.51.100.9', { event: 'error', code: 1006 }],
    ] as const) {
      const socket = await Socket.open(client, { listenKey }, { 'X-Forwarded-For': from });
      await venue.prices({ [symbol]: '60000' });
      socket.send({ id: 'o', op: 'order.place', args: [order] });
      expect(await socket.next(({ id }) => id === 'o')).toMatchObject(answer);
    }
  });

  it('production says over TLS only: cookies, headers and its own addresses, whatever the Host', async () => {
    const secret = () => createHmac('sha256', 'a test').update(String(folders.length)).digest('hex');
    const live = await OperatedVenue.start(freshFolder(), {
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      OPENVENUE_PUBLIC_URL: 'https://venue.example',
      OPENVENUE_JWT_SECRET: secret(),
      OPENVENUE_KEY_ENCRYPTION_KEY: secret(),
      OPENVENUE_TRUST_PROXY: '127.0.0.1',
    });
    try {
      const over = await listed(live);
      await live.user('trader', 'trader-password', '1');
      const body = { username: 'trader', password: 'trader-password' };
      const hsts = (headers: Headers) => headers.get('strict-transport-security');
      const { headers } = await over.call('POST /v1/public/user/login', { body });
      expect(headers.getSetCookie()).toEqual([
        expect.stringMatching(
          /^__Host-openvenue_refresh=\S+; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
        ),
      ]);
      expect(hsts(headers)).toMatch(/^max-age=\d+/);
      const forged = { Host: 'evil.example', 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'http' };
      for (const path of ['/openapi.json', '/docs', '/nowhere', '/v1/time']) {
        const reply = await fetch(live.url + path, { headers: forged });
        expect(hsts(reply.headers), path).toMatch(/^max-age=\d+/);
        expect(await reply.text()).not.toContain('evil.example');
      }
      const socket = await Socket.open(over, {}, { Origin: 'https://venue.example' });
      await socket.settled();
      await expect(Socket.open(over, {}, { Origin: 'https://evil.example' })).rejects.toThrow('403');
      expect(over.schemas.faults).toEqual([]);
    } finally {
      await live.stop();
    }
  });
});

describe('since', () => {
  it('goes on without a gap after a cut, and after a restart of the venue, or says what to read anew', async () => {
    const person = await bring();
    await place(person);
    await person.news();
    const last = person.socket.sequence.at(-1) ?? 0;
    person.socket.close();
    await person.socket.closed;
    for (let i = 0; i < 3; i++) await place(person);
    const resumed = await person.listen({ token: person.token, since: String(last) });
    await person.news();
    expect(resumed.sequence).toEqual(Array.from({ length: 6 }, (_, i) => last + 1 + i));

    const stoppedAtMs = await venue.moveClock(0);
    await venue.stop();
    expect((await resumed.closed).code).toBe(1001);
    await start(stoppedAtMs);
    const nowMs = await venue.moveClock(0);
    const since = resumed.sequence.at(-1) ?? 0;
    const { token } = person;
    const current = await Socket.open(client, { token, since: String(since) });
    const late = await Socket.open(client, { token, since: String(since - 1) });
    // Of another life of the venue, say: nothing is known after it.
    const strange = await Socket.open(client, { token, since: String(since + 100) });
    const { data } = await strange.next(({ topic }) => topic !== undefined);
    expect(data).toEqual({
      eventType: 'RESYNC_REQUIRED',
      since: String(since + 100),
      seq: String(since),
      updateTime: nowMs,
    });
    await client.succeed('POST /v1/private/order/batch-cancel-all', { token, body: {} });
    const news = [1, 2, 3, 4, 5].map((n) => since + n);
    for (const [socket, expected] of [
      [current, news],
      [late, [since, ...news]],
      [strange, news],
    ] as const) {
      await socket.settled();
      expect(socket.sequence).toEqual(expected);
    }
  });

  it.each(['kill', 'stop'] as const)(
    'goes on without a gap after a %s of the venue, whose last trades are known, too',
    async (end) => {
      const [maker, taker] = [await bring(), await bring()];
      await place(taker);
      await taker.news();
      const last = taker.socket.sequence.at(-1) ?? 0;
      taker.socket.close();
      await taker.socket.closed;
      await maker.place({ side: 'SELL', price: '60000', quantity: '0.001' });
      await taker.place({ side: 'BUY', price: '60000', quantity: '0.001' });
      const known = await taker.listen({ token: taker.token, since: String(last) });
      await taker.news();
      const trades = () => client.succeed('GET /v1/public/market/trades', { query: { symbol } });
      const { list } = await trades();
      expect(list[0]).toMatchObject({ price: '60000', quantity: '0.001' });

      const endedAtMs = await venue.moveClock(0);
      await venue[end]();
      await start(endedAtMs);
      const resumed = await Socket.open(client, { token: taker.token, since: String(last) });
      await resumed.settled();
      expect(resumed.sequence).toEqual(known.sequence);
      expect(resumed.sequence.length).toBeGreaterThan(2);
      expect((await trades()).list).toEqual(list);
    },
  );
});
