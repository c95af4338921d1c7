import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AgentScene, PARTNER_ORIGIN, type TestAgent } from '../testing/agent-scene.ts';
import type { Sent } from '../testing/venue.ts';

let scene: AgentScene;
let agent: TestAgent;
beforeEach(async () => {
  scene = await AgentScene.start();
  agent = await scene.agent();
  await scene.bind(agent);
});
afterEach(() => scene.gateway.close());

const ask = async (path: string, fields: Record<string, unknown> = {}, caller = agent) =>
  (await scene.call(caller, path, fields)).body;
const setCredentials = (more: Record<string, unknown> = {}, caller = agent) =>
  ask('set-credentials', { agentUserId: 'carol', username: 'carol.77', password: 'open sesame', ...more }, caller);
const disable = (disabled: boolean) => ask('disable-user', { agentUserId: 'carol', disabled });
const logIn = (username: string, password: string) =>
  scene.gateway.send({ method: 'POST', url: '/v1/public/user/login', body: { username, password } });

describe('set-credentials', () => {
  test('lets the user sign in, under any case of the name, also after a restart', async () => {
    expect(await setCredentials()).toEqual({ code: 0, message: 'success', username: 'carol.77' });
    expect((await logIn('carol.77', 'open sesame')).code).toBe(0);
    expect((await logIn('carol.77', 'open simsim')).code).not.toBe(0);
    await scene.gateway.restart();
    const { code, data } = await logIn('CAROL.77', 'open sesame');
    expect(code).toBe(0);
    const info = await scene.gateway.call({ accessToken: String(data['accessToken']) }, me);
    expect(info.data['userInfo']).toMatchObject({ username: 'carol.77' });
  });

  test('replaces what was set before, signs out who knew it, and keeps nothing in clear', async () => {
    await setCredentials();
    const session = await logIn('carol.77', 'open sesame');
    expect((await setCredentials({ username: 'Carol', password: 'p' })).code).toBe(0);
    expect((await logIn('carol.77', 'open sesame')).code).not.toBe(0);
    expect((await logIn('carol', 'open sesame')).code).not.toBe(0);
    expect((await logIn('carol', 'p')).code).toBe(0);
    expect((await scene.gateway.call({ accessToken: String(session.data['accessToken']) }, me)).code).toBe(1004);
    expect(JSON.stringify(scene.gateway.node.commands, texts)).not.toContain('open sesame');
  });

  test('of a user without a password ends no session of his', async () => {
    const accessToken = await scene.embedSession(agent);
    await setCredentials();
    expect((await scene.gateway.call({ accessToken }, me)).code).toBe(0);
  });

  test('takes names that no other user of the venue has, and the forms of the sign-in', async () => {
    await scene.gateway.user();
    const other = await scene.agent();
    await scene.bind(other);
    expect(await setCredentials({ username: 'USER-1' })).toEqual({
      code: 102002,
      message: 'Invalid parameter value: username must be a name that no other user has',
    });
    expect((await setCredentials()).code).toBe(0);
    expect((await setCredentials({}, other)).code).toBe(102002);
    expect((await setCredentials({ username: 'carol.78' }, other)).code).toBe(0);
    const codes = [
      [{ username: 'ab' }, 102003],
      [{ username: 'x'.repeat(33) }, 102003],
      [{ username: 'a b c' }, 102002],
      [{ username: 'x'.repeat(32) }, 0],
      [{ password: '' }, 102001],
      [{ password: 'x'.repeat(65) }, 102003],
      [{ password: '\u{1f511}'.repeat(32) }, 0],
      [{ agentUserId: 'nobody' }, 6103],
    ] as const;
    for (const [more, code] of codes) expect((await setCredentials(more)).code, JSON.stringify(more)).toBe(code);
  });
});

describe('disable-user', () => {
  test('ends sessions and keys, refuses every way in, and takes it back', async () => {
    await setCredentials();
    await ask('transfer', { agentOrderNo: 'T-1', agentUserId: 'carol', direction: 'IN', amount: '5000' });
    const accessToken = String((await logIn('carol.77', 'open sesame')).data['accessToken']);
    const key = await scene.gateway.apiKey(accessToken);
    const order = {
      symbol: 'BTCUSDT',
      type: 'LIMIT',
      side: 'BUY',
      price: '59900',
      quantity: '0.01',
      timeInForce: 'GTC',
    };
    const place: Sent = { method: 'POST', url: '/v1/private/order/place', body: order };
    expect((await scene.gateway.call({ accessToken }, place)).code).toBe(0);
    const { embedToken } = await ask('create-embed-token', { agentUserId: 'carol', channelId: 'c' });

    expect(await disable(true)).toEqual({ code: 0, message: 'success', userStatus: 'DISABLED' });
    expect((await scene.gateway.call({ accessToken }, place)).code).toBe(1004);
    expect((await scene.gateway.call(key, place)).code).toBe(1004);
    expect((await logIn('carol.77', 'open sesame')).code).not.toBe(0);
    const exchange: Sent = {
      method: 'POST',
      url: '/v1/public/user/exchange-embed-token',
      headers: { 'x-embed-origin': PARTNER_ORIGIN },
      body: { embedToken, channelId: 'c' },
    };
    expect((await scene.gateway.send(exchange)).code).not.toBe(0);
    expect((await ask('create-embed-token', { agentUserId: 'carol', channelId: 'c' })).code).toBe(6009);
    expect((await ask('create-entry-url', { agentUserId: 'carol' })).code).toBe(6009);
    const all = await ask('transfer', { agentOrderNo: 'T-2', agentUserId: 'carol', direction: 'OUT', amount: '100' });
    expect(all).toMatchObject({ code: 0, orderStatus: 'SUCCESS' });

    expect(await disable(false)).toEqual({ code: 0, message: 'success', userStatus: 'ACTIVE' });
    expect((await scene.gateway.call({ accessToken }, place)).code).toBe(1004);
    const again = String((await logIn('carol.77', 'open sesame')).data['accessToken']);
    const open = await scene.gateway.call({ accessToken: again }, { url: '/v1/private/order/current?symbol=BTCUSDT' });
    expect(open.data['list']).toHaveLength(1);
    expect((await scene.gateway.call(key, place)).code).toBe(0);
  });

  test('does not enable whom the venue has disabled, and knows only the own users', async () => {
    const userId = scene.gateway.node.core.agency.users(agent.agentId).next().value?.userId ?? 0;
    await scene.gateway.node.accepted({ type: 'set-user-disabled', userId, disabled: true }, 'done');
    expect(await disable(false)).toMatchObject({ userStatus: 'DISABLED' });
    expect((await ask('disable-user', { agentUserId: 'nobody', disabled: true })).code).toBe(6103);
    expect((await ask('disable-user', { agentUserId: 'carol' })).code).toBe(102001);
    expect((await ask('disable-user', { agentUserId: 'carol', disabled: 'yes' })).code).toBe(102002);
  });
});

const me: Sent = { url: '/v1/private/user/info' };
const texts = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);
