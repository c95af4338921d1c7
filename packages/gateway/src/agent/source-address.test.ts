import { afterEach, beforeEach, expect, test } from 'vitest';
import { AgentScene, type TestAgent } from '../testing/agent-scene.ts';

let scene: AgentScene;
let agent: TestAgent;
beforeEach(async () => {
  scene = await AgentScene.start();
  agent = await scene.agent();
});
afterEach(() => scene.gateway.close());

const allow = (ipAllowList: readonly string[]) =>
  scene.gateway.node.accepted({ type: 'update-agent', agentId: agent.agentId, ipAllowList }, 'done');
const codeFrom = async (ip: string, more: Record<string, unknown> = {}) =>
  (await scene.send('query-account', JSON.stringify(scene.signed(agent, {}, more)), ip)).body.code;

test('an agent without a list calls from anywhere', async () => {
  expect(await codeFrom('203.0.113.9')).toBe(0);
});

test('AGY-38: an agent with a list calls from its addresses and ranges alone', async () => {
  await allow(['192.0.2.0/24', '2001:db8::1']);
  const from = [
    ['192.0.2.1', 0],
    ['::ffff:192.0.2.255', 0],
    ['2001:db8::1', 0],
    ['192.0.3.1', 6009],
    ['2001:db8::2', 6009],
    ['127.0.0.1', 6009],
  ] as const;
  for (const [ip, code] of from) expect(await codeFrom(ip), ip).toBe(code);
});

test('who has not signed learns nothing of the list', async () => {
  await allow(['192.0.2.1']);
  expect(await codeFrom('203.0.113.9', { sign: 'f'.repeat(64) })).toBe(6001);
  await allow([]);
  expect(await codeFrom('203.0.113.9')).toBe(0);
});

test('a call from elsewhere moves nothing and uses up no nonce', async () => {
  await scene.bind(agent);
  await allow(['192.0.2.1']);
  const fields = { agentOrderNo: 'T-1', agentUserId: 'carol', direction: 'IN', amount: '10' };
  const body = JSON.stringify(scene.signed(agent, fields));
  expect((await scene.send('transfer', body, '203.0.113.9')).body.code).toBe(6009);
  expect((await scene.send('transfer', body, '192.0.2.1')).body).toMatchObject({ code: 0, orderStatus: 'SUCCESS' });
});
