import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AgentScene, type TestAgent } from '../testing/agent-scene.ts';

let scene: AgentScene;
let agent: TestAgent;
beforeEach(async () => {
  scene = await AgentScene.start();
  agent = await scene.agent();
});
afterEach(() => scene.gateway.close());

const nowSeconds = () => Math.floor(scene.gateway.clock.ms / 1_000);
const codeOf = async (fields: Record<string, unknown>, more: Record<string, unknown>) =>
  (await scene.call(agent, 'query-account', fields, more)).body.code;

describe('a signature', () => {
  test.each([
    ['that is right', {}, 0],
    ['that is wrong', { sign: '0'.repeat(64) }, 6001],
    ['that is no hex', { sign: 'nonsense' }, 6001],
    ['that is missing', { sign: '' }, 102001],
    ['of an unknown agent', { agentCode: 'nobody' }, 6001],
    ['with a nonce that is too long', { nonce: 'n'.repeat(129) }, 102003],
  ])('%s', async (_name, more, code) => {
    expect(await codeOf({}, more)).toBe(code);
  });

  test.each([
    [-300, 0],
    [300, 0],
    [-301, 6003],
    [301, 6003],
  ])('of %d s from now answers %d', async (offset, code) => {
    expect(await codeOf({}, { timestamp: nowSeconds() + offset })).toBe(code);
  });

  test('in upper case is wrong, and so is one by the secret of another agent', async () => {
    const fields = scene.signed(agent);
    const upper = { ...fields, sign: String(fields['sign']).toUpperCase() };
    expect((await scene.send('query-account', JSON.stringify(upper))).body.code).toBe(6001);
    const other = await scene.agent();
    const borrowed = scene.signed({ ...agent, apiSecret: other.apiSecret });
    expect((await scene.send('query-account', JSON.stringify(borrowed))).body.code).toBe(6001);
  });

  test('covers numbers as they were written, unknown fields and structures; empty ones may be added', async () => {
    const agentCode = agent.agentCode;
    const payload = `agentCode=${agentCode}&extra={"b":[1.50,2e3]}&nonce=raw&rate=1.50&timestamp=${nowSeconds()}`;
    const sign = createHmac('sha256', agent.apiSecret).update(payload).digest('hex');
    const body = `{ "agentCode": "${agentCode}", "extra": { "b": [1.50, 2e3] }, "nonce": "raw", "rate": 1.50,
      "timestamp": ${nowSeconds()}, "currency": "", "environment": null, "sign": "${sign}" }`;
    expect((await scene.send('query-account', body)).body.code).toBe(0);
    expect((await scene.send('query-account', body.replace('1.50,', '1.5,'))).body.code).toBe(6001);
  });

  test('says 6001 before anything else, and 6002 before the time', async () => {
    await scene.gateway.node.accepted({ type: 'update-agent', agentId: agent.agentId, disabled: true }, 'done');
    expect(await codeOf({}, { sign: '0'.repeat(64), timestamp: 1 })).toBe(6001);
    expect(await codeOf({}, { timestamp: 1 })).toBe(6002);
    expect(await codeOf({}, {})).toBe(6002);
  });

  test('by either of two secrets holds, and by the replaced one no longer', async () => {
    const { agentId, agentCode, apiSecret } = agent;
    const next = 'the next secret';
    const [old, fresh] = [scene.secrets.seal(agentCode, apiSecret), scene.secrets.seal(agentCode, next)];
    const rotate = (sealedSecrets: string[]) =>
      scene.gateway.node.accepted({ type: 'update-agent', agentId, sealedSecrets }, 'done');
    await rotate([fresh, old]);
    expect(await codeOf({}, {})).toBe(0);
    expect((await scene.call({ ...agent, apiSecret: next }, 'query-account')).body.code).toBe(0);
    await rotate([fresh]);
    expect(await codeOf({}, {})).toBe(6001);
  });
});

describe('a nonce', () => {
  test.each([
    ['query-account', {}],
    ['bind', { agentUserId: 'carol' }],
  ])('of %s is taken once, and no restart forgets it', async (path, fields) => {
    const body = JSON.stringify(scene.signed(agent, fields));
    expect((await scene.send(path, body)).body.code).toBe(0);
    expect((await scene.send(path, body)).body).toEqual({ code: 6004, message: 'Nonce already used' });
    await scene.gateway.restart();
    expect((await scene.send(path, body)).body.code).toBe(6004);
  });

  test('taken by one call is taken for all, but not for other agents', async () => {
    expect(await codeOf({}, { nonce: 'shared' })).toBe(0);
    expect((await scene.call(agent, 'bind', { agentUserId: 'carol' }, { nonce: 'shared' })).body.code).toBe(6004);
    const other = await scene.agent();
    expect((await scene.call(other, 'query-account', {}, { nonce: 'shared' })).body.code).toBe(0);
  });

  test('of a wrong signature stays free', async () => {
    expect(await codeOf({}, { nonce: 'mine', sign: '0'.repeat(64) })).toBe(6001);
    expect(await codeOf({}, { nonce: 'mine' })).toBe(0);
  });
});

describe('hostile bodies', () => {
  test.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['null', 'null'],
    ['an array', '[]'],
    ['a number', '1e999'],
    ['a key twice', '{"agentCode":"a","agentCode":"b"}'],
    ['a prototype', '{"__proto__":{"agentCode":"a"}}'],
    ['deep nesting', `{"a":${'['.repeat(40)}${']'.repeat(40)}}`],
    ['a lone surrogate', '{"agentCode":"\\ud800"}'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
    ['too many bytes', `{"a":"${'x'.repeat(70_000)}"}`],
    ['wrong types', '{"agentCode":{},"timestamp":[],"nonce":true,"sign":1}'],
  ])('%s is refused as a parameter', async (_name, body) => {
    const { body: reply } = await scene.send('transfer', body);
    expect([102001, 102002, 102003]).toContain(reply.code);
  });

  test.each([
    [{ amount: '1e3' }, 102002],
    [{ amount: '-1' }, 102002],
    [{ amount: '0' }, 102002],
    [{ amount: '0.000000001' }, 102002],
    [{ amount: 10 }, 102002],
    [{ amount: '99999999999999999999' }, 102003],
    [{ direction: 'UP' }, 102002],
    [{ currency: 'BTC' }, 102002],
    [{ environment: 'SIMULATED' }, 102002],
    [{ agentOrderNo: 'x'.repeat(65) }, 102003],
    [{ agentOrderNo: '' }, 102001],
    [{ agentUserId: '' }, 102001],
  ])('a transfer with %j answers %d and moves nothing', async (wrong, code) => {
    await scene.bind(agent);
    const good = { agentOrderNo: 'T-1', agentUserId: 'carol', direction: 'IN', amount: '10' };
    const before = scene.deposit(agent);
    expect((await scene.call(agent, 'transfer', { ...good, ...wrong })).body.code).toBe(code);
    expect(scene.deposit(agent)).toBe(before);
  });
});

test('a source that fails too often is not listened to for a while, and others are', async () => {
  const body = JSON.stringify(scene.signed(agent, {}, { sign: '0'.repeat(64) }));
  for (let attempt = 0; attempt < 100; attempt++) {
    expect((await scene.send('query-account', body, '203.0.113.9')).body.code).toBe(6001);
  }
  const good = () => JSON.stringify(scene.signed(agent));
  expect((await scene.send('query-account', good(), '203.0.113.9')).body.code).toBe(6904);
  expect((await scene.send('query-account', good(), '198.51.100.7')).body.code).toBe(0);
  scene.gateway.clock.ms += 1_000;
  expect((await scene.send('query-account', good(), '203.0.113.9')).body.code).toBe(0);
});
