import { OverloadedError } from '@openvenue/sequencer';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PASSWORD, START_MS, TestGateway } from '../../testing/venue.ts';

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await TestGateway.start();
});
afterEach(() => gateway.close());

const login = (username: string, password: string) =>
  gateway.send({ method: 'POST', url: '/v1/public/user/login', body: { username, password } });
const refresh = (cookie: string) =>
  gateway.send({
    method: 'POST',
    url: '/v1/public/user/refresh-token',
    headers: { cookie: `__Host-openvenue_refresh=${cookie}` },
  });
const info = (accessToken: string) => gateway.call({ accessToken }, { url: '/v1/private/user/info' });

test('a log-in gives a token of 30 minutes and a cookie of 30 days that scripts and other sites do not see', async () => {
  const { username } = await gateway.user();
  const reply = await login(username.toUpperCase(), PASSWORD);
  expect(reply).toMatchObject({ status: 200, code: 0, message: 'success' });
  expect(reply.data['accessExpire']).toBe(START_MS / 1_000 + 1_800);
  const { 'set-cookie': cookie } = reply.headers;
  expect(cookie).toMatch(
    /^__Host-openvenue_refresh=[0-9a-f]{32}\.[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
  );
  expect((await info(String(reply.data['accessToken']))).data).toMatchObject({
    userInfo: { username, agentId: 0, vipLevel: 0, lastLoginAt: START_MS, lastLoginIp: '127.0.0.1' },
  });
});

test('the address of a log-in is shown in its plain form, or not at all', async () => {
  const { username } = await gateway.user();
  const body = { username, password: PASSWORD };
  const from = async (ip: string) => {
    const reply = await gateway.send({ method: 'POST', url: '/v1/public/user/login', body, ip });
    return (await info(String(reply.data['accessToken']))).data['userInfo'];
  };
  expect(await from('::ffff:203.0.113.7')).toMatchObject({ lastLoginIp: '203.0.113.7' });
  expect(await from('2001:DB8:0::7')).toMatchObject({ lastLoginIp: '2001:db8::7' });
  expect(await from('x'.repeat(300))).toMatchObject({ lastLoginIp: '' });
});

test('a wrong password, an unknown name and a user without a password get one answer', async () => {
  const { username } = await gateway.user();
  const house = { username: 'house', externalUserId: '9999999999', passwordHash: '', kind: 'house' } as const;
  await gateway.node.accepted({ type: 'create-user', ...house }, 'user');
  for (const reply of [await login(username, 'wrong'), await login('nobody', PASSWORD), await login('house', ' ')]) {
    expect(reply).toMatchObject({ status: 401, code: 1003, message: 'Invalid username or password', details: {} });
    expect(reply.cookie).toBeUndefined();
  }
});

test('a password is never echoed', async () => {
  const reply = await login('user-1', 'x'.repeat(65));
  expect(reply).toMatchObject({ code: 2003, details: { field: 'password' } });
  expect(reply.details['value']).toBeUndefined();
});

test('log-ins are limited by name and by address', async () => {
  const { username } = await gateway.user();
  for (let attempt = 0; attempt < 10; attempt += 1) expect((await login(username, 'wrong')).code).toBe(1003);
  const limited = await login(username, PASSWORD);
  expect(limited).toMatchObject({
    status: 429,
    code: 5003,
    headers: { 'retry-after': '10', 'x-ratelimit-limit': '10' },
  });
  for (let attempt = 11; attempt < 60; attempt += 1) await login(`name-${attempt}`, 'wrong');
  expect(await login('another', 'wrong')).toMatchObject({ code: 5003, headers: { 'x-ratelimit-limit': '60' } });
  gateway.clock.ms += 10_000;
  expect((await login(username, PASSWORD)).code).toBe(0);
});

test('a refresh rotates the cookie; a token replaced long ago revokes the session', async () => {
  const { username } = await gateway.user();
  const first = await gateway.logIn(username);
  gateway.clock.ms += 60_000;
  const second = await refresh(first.cookie);
  expect(second).toMatchObject({ status: 200, code: 0, data: { accessExpire: START_MS / 1_000 + 60 + 1_800 } });
  expect(second.cookie).not.toBe(first.cookie);
  const accessToken = String(second.data['accessToken']);
  expect((await info(accessToken)).code).toBe(0);
  gateway.clock.ms += 10_001;
  expect(await refresh(first.cookie)).toMatchObject({ status: 401, code: 1004 });
  expect(await info(accessToken)).toMatchObject({ status: 401, code: 1004, message: 'Token revoked' });
  expect(await refresh(second.cookie ?? '')).toMatchObject({ code: 1004 });
});

test('a lost reply to a refresh does no harm for ten seconds', async () => {
  const { username } = await gateway.user();
  const { cookie } = await gateway.logIn(username);
  expect((await refresh(cookie)).code).toBe(0);
  gateway.clock.ms += 10_000;
  expect((await refresh(cookie)).code).toBe(0);
});

test('no cookie is 1001, a cookie that leads nowhere 1003', async () => {
  const { username } = await gateway.user();
  const { cookie } = await gateway.logIn(username);
  const url = '/v1/public/user/refresh-token';
  expect(await gateway.send({ method: 'POST', url })).toMatchObject({ status: 401, code: 1001 });
  const commands = gateway.node.commands.length;
  expect(await refresh('nonsense')).toMatchObject({ code: 1003 });
  expect(await refresh(`${'a'.repeat(32)}.${'b'.repeat(43)}`)).toMatchObject({ code: 1003 });
  expect(gateway.node.commands).toHaveLength(commands);
  expect(await refresh(cookie.slice(0, 33) + 'b'.repeat(43))).toMatchObject({ code: 1003 });
});

test('a log-out ends the session at once and clears the cookie', async () => {
  const { accessToken, cookie } = await gateway.trader();
  const url = '/v1/private/user/logout';
  const reply = await gateway.call({ accessToken }, { method: 'POST', url });
  expect(reply).toMatchObject({ status: 200, code: 0, data: {}, cookie: '' });
  expect(reply.headers['set-cookie']).toContain('Max-Age=0');
  expect(await info(accessToken)).toMatchObject({ code: 1004 });
  expect(await refresh(cookie)).toMatchObject({ code: 1004 });
});

test('a token ends by time, by its user and by its session', async () => {
  const { accessToken, userId } = await gateway.trader();
  gateway.clock.ms += 1_800_000 - 1;
  expect((await info(accessToken)).code).toBe(0);
  gateway.clock.ms += 1;
  expect(await info(accessToken)).toMatchObject({ status: 401, code: 1002, message: 'Token expired' });
  const other = await gateway.trader();
  await gateway.node.accepted({ type: 'set-user-disabled', userId: other.userId, disabled: true }, 'done');
  expect(await info(other.accessToken)).toMatchObject({ code: 1004 });
  await gateway.node.accepted({ type: 'revoke-all-sessions', userId }, 'revoked');
  expect(await info('a.b.c')).toMatchObject({ code: 1003 });
});

test('a disabled user gets the answer of a wrong password', async () => {
  const { username, userId } = await gateway.user();
  await gateway.node.accepted({ type: 'set-user-disabled', userId, disabled: true }, 'done');
  expect(await login(username, PASSWORD)).toMatchObject({ code: 1003, message: 'Invalid username or password' });
  expect(await login(username, 'wrong')).toMatchObject({ code: 1003 });
});

test('a venue that takes no more says 5002', async () => {
  const { username } = await gateway.user();
  gateway.node.refuseNext(new OverloadedError());
  expect(await login(username, PASSWORD)).toMatchObject({ status: 503, code: 5002 });
});

test('over plain http the cookie has another name and is not Secure', async () => {
  const plain = await TestGateway.start({ secureCookies: false });
  const { username } = await plain.user();
  const reply = await plain.send({
    method: 'POST',
    url: '/v1/public/user/login',
    body: { username, password: PASSWORD },
  });
  expect(reply.headers['set-cookie']).toMatch(/^openvenue_refresh=/);
  expect(reply.headers['set-cookie']).not.toContain('Secure');
  expect(reply.headers['strict-transport-security']).toBeUndefined();
  await plain.close();
});
