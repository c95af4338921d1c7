import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callTable, callTables, webhookBodyShape } from './agent-strict/call-tables.ts';
import { faultsOf } from './agent-strict/check-shape.ts';
import { bringUser, freshOrderNo, goodRequest, type Users } from './agent-strict/partner-of-the-venue.ts';
import { PREFIXES, StrictScene } from './agent-strict/scene.ts';
import type { Request, StrictAgent } from './agent-strict/strict-agent.ts';
import { wrongValues } from './agent-strict/wrong-values.ts';
import { ServedSchemas } from './live/served-schemas.ts';
import { call } from './testing/api.ts';

const CALLS = [...callTables.keys()];
const isPerpetual = (name: string): boolean => name.startsWith('perpetual-');

let scene: StrictScene;
let schemas: ServedSchemas;
beforeAll(async () => {
  scene = await StrictScene.start();
  schemas = await ServedSchemas.of(scene.url);
});
afterAll(() => scene.close());

describe.each(PREFIXES)('under the prefix "%s"', (prefix) => {
  let agent: StrictAgent;
  let users: Users;
  beforeAll(() => {
    agent = scene.agent(prefix);
    users = scene.users(prefix);
  });
  const good = (name: string) => goodRequest(agent, name, users);

  it('the version needs no signature', () => agent.version());

  it.each(CALLS)('%s answers with the fields of its table and no other, as /openapi.json says', async (name) => {
    const { path, request: fields } = callTable(name);
    const succeed = async (request: Request): Promise<void> => {
      const reply = await agent.succeed(name, request);
      const body = JSON.parse(agent.sign(request));
      schemas.checkExchange({ method: 'POST', path, query: {}, body, status: 200, headers: new Headers(), reply });
      expect(schemas.faults.splice(0)).toEqual([]);
    };
    await succeed(await good(name));
    if (!Object.hasOwn(fields, 'environment?')) return;
    await succeed({ ...(await good(name)), environment: 'PRODUCTION' });
  });

  // The perpetual queries share a small quota: under one prefix they are gone through whole, under the other once.
  const thoroughly = CALLS.filter((name) => prefix === '' || !isPerpetual(name));

  it.each(thoroughly)('%s is refused when its signature, time or nonce is wrong', async (name) => {
    const request = await good(name);
    const nowS = Math.floor(Date.now() / 1_000);
    expect(await agent.refusal(name, request, { sign: '0'.repeat(64) })).toBe(6001);
    expect(await agent.refusal(name, request, { agentCode: 'NOBODY' })).toBe(6001);
    expect(await agent.refusal(name, request, { timestamp: nowS - 310 })).toBe(6003);
    expect(await agent.refusal(name, request, { timestamp: nowS + 310 })).toBe(6003);
    for (const field of ['agentCode', 'timestamp', 'nonce', 'sign'])
      expect(await agent.refusal(name, request, { [field]: '' }), field).toBe(102001);
    expect(await agent.refusal(name, request, { timestamp: 'now' })).toBe(102002);
    await agent.succeed(name, request);
    const body = await agent.succeedOnce(name, await good(name));
    expect(await agent.refusalOf(name, () => body)).toBe(6004);
    const { nonce } = JSON.parse(body);
    expect(await agent.refusal(name, await good(name), { nonce })).toBe(6004);
  });

  it.each(thoroughly)('%s takes unknown fields when they are signed, and none that are not', async (name) => {
    const request = await good(name);
    await agent.succeed(name, { ...request, anything: { more: [1, 'two'] } });
    const added = () => `${agent.sign(request).slice(0, -1)},"added":1}`;
    expect(await agent.refusalOf(name, added)).toBe(6001);
  });

  it.each(thoroughly)('%s refuses every wrong form', async (name) => {
    const request = await good(name);
    for (const [field, shape] of Object.entries(callTable(name).request)) {
      const plain = field.replace(/\?$/, '');
      if (plain === field) {
        for (const nothing of [undefined, null, '']) {
          const code = await agent.refusal(name, { ...request, [plain]: nothing });
          expect(code, `${plain} ${String(nothing)}`).toBe(102001);
        }
      }
      for (const [value, ...codes] of wrongValues(shape)) {
        const code = await agent.refusal(name, { ...request, [plain]: value });
        expect(codes, `${plain} ${JSON.stringify(value)} answered ${code}`).toContain(code);
      }
    }
  });

  it('a user signs in with what the agent issued, until he is disabled', async () => {
    const { agentUserId } = await bringUser(agent, `grace${prefix}`);
    const [username, password] = [freshOrderNo('grace'), 'a long password of 2026'];
    const signIn = async (with_: string) =>
      (await call(scene.url, { path: '/v1/public/user/login', body: { username, password: with_ } })).code;
    expect(await agent.succeed('set-credentials', { agentUserId, username, password })).toMatchObject({ username });
    expect(await signIn(password)).toBe(0);
    await agent.succeed('set-credentials', { agentUserId, username, password: `${password}!` });
    expect([(await signIn(password)) === 0, await signIn(`${password}!`)]).toEqual([false, 0]);
    const taken = { agentUserId: users.user.agentUserId, username, password };
    expect(await agent.refusal('set-credentials', taken)).toBe(102002);
    const statuses = new Set<string>();
    for (const disabled of [true, true, false]) {
      const { userStatus } = await agent.succeed('disable-user', { agentUserId, disabled });
      statuses.add(`${disabled} ${userStatus}`);
      expect((await signIn(`${password}!`)) === 0).toBe(!disabled);
    }
    expect(statuses.size).toBe(2);
    for (const [name, more] of [
      ['set-credentials', { username: freshOrderNo('nobody'), password }],
      ['disable-user', { disabled: true }],
    ] as const)
      expect(await agent.refusal(name, { agentUserId: 'nobody', ...more })).toBe(6103);
  });

  it('rates are those of the supported currencies', async () => {
    const { sourceCurrencies } = await agent.succeed('list-supported-fiat-currencies');
    expect(sourceCurrencies.length).toBeGreaterThan(1);
    const all = await agent.succeed('query-exchange-rates');
    const named = (reply: Request) =>
      (reply['rates'] as { sourceCurrency: string }[]).map((rate) => rate.sourceCurrency);
    expect(named(all).toSorted()).toEqual([...sourceCurrencies].toSorted());
    expect(all['expiresAt']).toBeGreaterThan(Date.now());
    const two = sourceCurrencies.slice(0, 2);
    const some = await agent.succeed('query-exchange-rates', { sourceCurrencies: two.join(',') });
    expect(named(some).toSorted()).toEqual([...two].toSorted());
    expect(await agent.refusal('query-exchange-rates', { sourceCurrencies: 'ABC' })).toBe(102002);
  });

  it('hands out addresses and tokens that end within a minute', async () => {
    const { agentUserId } = users.user;
    const returnUrl = 'https://partner.example/wallet?from=venue';
    const soonS = Date.now() / 1_000 + 61;
    for (const redirectPath of ['/trade/BTCUSDT', '/trade/ETHUSDT?theme=dark', '/']) {
      const entry = await agent.succeed('create-entry-url', { agentUserId, redirectPath, returnUrl });
      expect(entry['webUrl']).toMatch(/\/agent-entry\?ticket=[\w.~-]{22,}$/);
      expect(entry['expireAt']).toBeLessThanOrEqual(soonS + 5);
    }
    const [one, other] = [await good('create-embed-token'), await good('create-embed-token')];
    const tokens = [await agent.succeed('create-embed-token', one), await agent.succeed('create-embed-token', other)];
    expect(tokens[0]?.['embedToken']).not.toBe(tokens[1]?.['embedToken']);
  });

  it('its events are the webhooks that its receiver has had', async () => {
    const { events, lastSeq } = await agent.succeed('events', { afterSeq: 0, limit: 500 });
    expect(lastSeq).toBe(events.at(-1).seq);
    const newest = events.at(-1);
    const { raw, body, timestamp, nonce, signature } = await scene.receiver.about(newest.orderNo);
    expect(faultsOf(body, webhookBodyShape)).toEqual([]);
    const signed = createHmac('sha256', agent.access.apiSecret).update(`${timestamp}${nonce}${raw}`).digest('hex');
    expect(signature).toBe(signed);
    expect(timestamp).toMatch(/^\d{10}$/);
    const rest = await agent.succeed('events', { afterSeq: events[0].seq, limit: 2 });
    expect(rest['events']).toEqual(events.slice(1, 3));
    const none = await agent.succeed('events', { afterSeq: Number.MAX_SAFE_INTEGER });
    expect(none).toMatchObject({ events: [], lastSeq: Number.MAX_SAFE_INTEGER });
  });
});

describe('the plug', () => {
  it('makes the venue forget neither a nonce nor an order', async () => {
    const agent = scene.agent('');
    const users = scene.users('');
    const bodies = new Map<string, string>();
    for (const name of CALLS) bodies.set(name, await agent.succeedOnce(name, await goodRequest(agent, name, users)));
    const { agentUserId } = users.user;
    const order = { agentOrderNo: freshOrderNo('PLUG'), agentUserId, direction: 'IN', amount: '3' };
    const first = await agent.succeed('transfer', order);
    const before = await agent.succeed('query-account');
    await scene.killAndRestart();
    for (const prefix of PREFIXES) {
      const again = scene.agent(prefix);
      for (const [name, body] of bodies) expect(await again.refusalOf(name, () => body), name).toBe(6004);
      expect(await again.succeed('transfer', order)).toEqual(first);
      expect(await again.refusal('transfer', { ...order, amount: '4' })).toBe(6102);
      expect(await again.succeed('query-account')).toEqual(before);
    }
  });
});
