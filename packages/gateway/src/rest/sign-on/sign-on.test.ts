import { encodeCommand } from '@openvenue/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AgentScene, PARTNER_ORIGIN, type TestAgent } from '../../testing/agent-scene.ts';
import { START_MS } from '../../testing/venue.ts';

let scene: AgentScene;
let agent: TestAgent;
let platformUserId: string;
beforeEach(async () => {
  scene = await AgentScene.start();
  agent = await scene.agent();
  platformUserId = await scene.bind(agent);
});
afterEach(() => scene.gateway.close());

const ask = async (path: string, fields: Record<string, unknown>) => (await scene.call(agent, path, fields)).body;
const info = (accessToken: string) => scene.gateway.call({ accessToken }, { url: '/v1/private/user/info' });

describe('a ticket', () => {
  const entry = async (more: Record<string, unknown> = {}) => {
    const reply = await ask('create-entry-url', { agentUserId: 'carol', ...more });
    return { ...reply, ticket: String(reply.webUrl).replace('https://venue.test/agent-entry?ticket=', '') };
  };
  const exchange = (ticket: string) =>
    scene.gateway.send({ method: 'POST', url: '/v1/public/agent-sso/exchange-ticket', body: { ticket } });

  test('signs the user on once, with a refresh cookie', async () => {
    const returnUrl = 'https://partner.example/wallet?x=1';
    const { ticket, expireAt } = await entry({ redirectPath: '/trade/ETHUSDT', returnUrl });
    expect(ticket).toMatch(/^[\w-]{43}$/);
    expect(expireAt).toBe(START_MS / 1_000 + 60);
    const reply = await exchange(ticket);
    expect(reply).toMatchObject({ code: 0, data: { redirectPath: '/trade/ETHUSDT', returnUrl } });
    expect(reply.cookie).toMatch(/^[0-9a-f]{32}\./);
    expect((await info(String(reply.data['accessToken']))).data).toMatchObject({
      userInfo: { userId: platformUserId, agentId: Number(agent.publicNumber) },
    });
    expect(await exchange(ticket)).toMatchObject({ status: 401, code: 1003, cookie: undefined });
  });

  test('is in no log', async () => {
    const { ticket } = await entry();
    const recorded = scene.gateway.node.commands.map((command) => encodeCommand(command)).join('\n');
    expect(recorded).toContain('create-entry-ticket');
    expect(recorded).not.toContain(ticket);
  });

  test('ends after a minute, and with its agent', async () => {
    const late = await entry();
    scene.gateway.clock.ms += 60_000;
    expect((await exchange(late.ticket)).code).toBe(1003);
    const { ticket } = await entry();
    await scene.gateway.node.accepted({ type: 'update-agent', agentId: agent.agentId, disabled: true }, 'done');
    expect((await exchange(ticket)).code).toBe(1003);
  });

  test('of a user who was disabled since is one that cannot be exchanged', async () => {
    const { ticket } = await entry();
    const userId = scene.gateway.node.core.identity.userByExternalId(platformUserId)?.userId ?? 0;
    await scene.gateway.node.accepted({ type: 'set-user-disabled', userId, disabled: true }, 'done');
    expect((await exchange(ticket)).code).toBe(1003);
    expect((await entry()).code).toBe(6009);
  });

  test.each([
    [{ redirectPath: '//evil.example' }, 102002],
    [{ redirectPath: '/\\evil.example' }, 102002],
    [{ redirectPath: 'https://evil.example' }, 102002],
    [{ returnUrl: 'javascript:alert(1)' }, 102002],
    [{ returnUrl: 'https://user@partner.example/' }, 102002],
    [{ returnUrl: 'HTTPS://partner.example/é' }, 0],
  ])('with %j answers %d', async (more, code) => {
    expect((await entry(more)).code).toBe(code);
  });
});

describe('an embed token', () => {
  const create = async () =>
    String((await ask('create-embed-token', { agentUserId: 'carol', channelId: 'channel-1' })).embedToken);
  const exchange = (embedToken: string, channelId = 'channel-1', origin: string = PARTNER_ORIGIN) =>
    scene.gateway.send({
      method: 'POST',
      url: '/v1/public/agent-sso/exchange-embed-token',
      headers: { 'x-embed-origin': origin },
      body: { embedToken, channelId },
    });
  const session = async () => String((await exchange(await create())).data['accessToken']);

  test('opens a session of ten minutes without a cookie, once', async () => {
    const embedToken = await create();
    const reply = await exchange(embedToken);
    expect(reply).toMatchObject({ code: 0, cookie: undefined, data: { accessExpire: START_MS / 1_000 + 600 } });
    expect((await exchange(embedToken)).code).toBe(1003);
    const accessToken = String(reply.data['accessToken']);
    scene.gateway.clock.ms += 600_000 - 1;
    expect((await info(accessToken)).code).toBe(0);
    scene.gateway.clock.ms += 1;
    expect((await info(accessToken)).code).toBe(1002);
  });

  test('opens a session that moves no money', async () => {
    const accessToken = await session();
    const body = { direction: 'CONTRACT_TO_FUNDING', transferAll: true };
    const url = '/v1/private/user/wallet-transfer';
    expect(await scene.gateway.call({ accessToken }, { method: 'POST', url, body })).toMatchObject({ code: 3006 });
    expect(await scene.gateway.call({ accessToken }, { url: '/v1/private/user/funding-asset' })).toMatchObject({
      code: 0,
    });
  });

  test.each([
    ['another channel', 'channel-2', PARTNER_ORIGIN],
    ['another origin', 'channel-1', 'https://evil.example'],
    ['no origin', 'channel-1', ''],
    ['an endless origin', 'channel-1', `https://${'x'.repeat(4_000)}`],
  ])('is burnt by %s', async (_name, channelId, origin) => {
    const embedToken = await create();
    expect((await exchange(embedToken, channelId, origin)).code).toBe(1003);
    expect((await exchange(embedToken)).code).toBe(1003);
  });

  test('gives a session that trades and reads', async () => {
    await ask('transfer', { agentOrderNo: 'T-1', agentUserId: 'carol', direction: 'IN', amount: '1000' });
    const accessToken = await session();
    const body = { symbol: 'BTCUSDT', type: 'LIMIT', side: 'BUY', price: '59000', quantity: '0.01' };
    const placed = await scene.gateway.call({ accessToken }, { method: 'POST', url: '/v1/private/order/place', body });
    expect(placed).toMatchObject({ code: 0, data: { status: 'PENDING' } });
    const listenKey = await scene.gateway.call({ accessToken }, { method: 'POST', url: '/v1/private/user/listen-key' });
    expect(listenKey.code).toBe(0);
  });

  test.each([
    ['POST', '/v1/private/user/api-key/create', { label: 'bot' }],
    ['GET', '/v1/private/user/api-key/list', undefined],
    ['PUT', '/v1/private/user/api-key/update', { id: '4000000000000000001', label: 'x' }],
    ['POST', '/v1/private/user/api-key/delete', { id: '4000000000000000001' }],
    ['POST', '/v1/private/user/api-key/delete-all', undefined],
  ] as const)('gives a session that may not %s %s', async (method, url, body) => {
    const reply = await scene.gateway.call({ accessToken: await session() }, { method, url, body });
    expect(reply).toMatchObject({ code: 3006 });
  });

  test('gives a session that ends itself', async () => {
    const accessToken = await session();
    const logout = await scene.gateway.call({ accessToken }, { method: 'POST', url: '/v1/private/user/logout' });
    expect(logout.code).toBe(0);
    expect((await info(accessToken)).code).toBe(1004);
  });
});

test('who presents many tickets that are none is not listened to, and leaves no command', async () => {
  const guess = () =>
    scene.gateway.send({ method: 'POST', url: '/v1/public/agent-sso/exchange-ticket', body: { ticket: 'guess' } });
  for (let attempt = 0; attempt < 100; attempt++) expect((await guess()).code).toBe(1003);
  const commands = scene.gateway.node.commands.length;
  expect(await guess()).toMatchObject({ status: 429, code: 5003 });
  expect(scene.gateway.node.commands).toHaveLength(commands);
});
