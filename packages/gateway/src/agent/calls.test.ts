import { ONE } from '@openvenue/money';
import { OutcomeUnknownError, OverloadedError, ReadOnlyError } from '@openvenue/sequencer';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AgentScene, type TestAgent } from '../testing/agent-scene.ts';

let scene: AgentScene;
let agent: TestAgent;
let platformUserId: string;
beforeEach(async () => {
  scene = await AgentScene.start();
  agent = await scene.agent();
  platformUserId = await scene.bind(agent);
});
afterEach(() => scene.gateway.close());

const ask = async (path: string, fields: Record<string, unknown> = {}) => (await scene.call(agent, path, fields)).body;
const transfer = (more: Record<string, unknown> = {}) =>
  ask('transfer', { agentOrderNo: 'T-1', agentUserId: 'carol', direction: 'IN', amount: '10', ...more });
const deposit = () => scene.deposit(agent) / ONE;

describe('bind', () => {
  test('gives one user for good, and each agent its own', async () => {
    const again = await ask('bind', { agentUserId: 'carol', username: 'Carol', ext: { any: [1.5] } });
    const bound = { code: 0, message: 'success', platformUserId, bindStatus: 'BOUND', isSimulatedUser: false };
    expect(again).toEqual(bound);
    expect(platformUserId).toMatch(/^[1-9]\d{9}$/);
    expect(await scene.bind(await scene.agent())).not.toBe(platformUserId);
  });
});

describe('transfer', () => {
  test('moves money in and out, flat and with nothing else', async () => {
    const ids = { agentUserId: 'carol', platformUserId };
    expect(await transfer({ amount: '2500.5', environment: 'PRODUCTION' })).toEqual({
      code: 0,
      message: 'success',
      orderNo: 'T-1',
      orderStatus: 'SUCCESS',
      ...ids,
      environment: 'PRODUCTION',
    });
    expect(
      await transfer({ agentOrderNo: 'T-2', direction: 'OUT', amount: '500.5', agentUserId: '', platformUserId }),
    ).toEqual({ code: 0, message: 'success', orderNo: 'T-2', orderStatus: 'SUCCESS', ...ids });
    expect(deposit()).toBe(8_000n);
    const all = await ask('transfer-all-out', { agentOrderNo: 'T-3', agentUserId: 'carol' });
    expect(all).toMatchObject({ orderStatus: 'SUCCESS', amount: '2000', ...ids });
    expect(deposit()).toBe(10_000n);
  });

  test('is done once for its number, also after a restart; other content is a conflict', async () => {
    const first = await transfer();
    expect(await transfer({ amount: '10.00' })).toEqual(first);
    await scene.gateway.restart();
    expect(await transfer()).toEqual(first);
    expect(deposit()).toBe(9_990n);
    for (const other of [{ amount: '11' }, { direction: 'OUT' }]) expect((await transfer(other)).code).toBe(6102);
    expect((await ask('transfer-all-out', { agentOrderNo: 'T-1', agentUserId: 'carol' })).code).toBe(6102);
  });

  test('without the money is FAILED, and only the query says why', async () => {
    expect(await transfer({ amount: '10001' })).toMatchObject({ code: 0, orderStatus: 'FAILED' });
    expect(await ask('query-order', { orderNo: 'T-1', orderType: 'TRANSFER_IN' })).toMatchObject({
      status: 'FAILED',
      failReason: 'INSUFFICIENT_DEPOSIT',
      amount: '10001',
    });
    expect(await transfer({ agentOrderNo: 'T-2', direction: 'OUT' })).toMatchObject({ orderStatus: 'FAILED' });
  });

  test('names users by the rules of the page', async () => {
    const other = await scene.agent();
    const foreign = await scene.bind(other);
    await scene.bind(agent, 'dave');
    const codes = [
      [{ agentUserId: 'nobody' }, 6103],
      [{ agentUserId: '', platformUserId: foreign }, 6009],
      [{ platformUserId: foreign }, 6009],
      [{ agentUserId: '', platformUserId: '1234567890' }, 6009],
      [{ agentUserId: '', platformUserId: 'no id at all' }, 6009],
      [{ agentUserId: 'dave', platformUserId }, 6104],
      [{ agentUserId: 'carol', platformUserId }, 0],
    ] as const;
    for (const [fields, code] of codes) expect((await transfer(fields)).code, JSON.stringify(fields)).toBe(code);
    expect((await ask('query-user-assets', { platformUserId: foreign })).code).toBe(6009);
    expect((await ask('create-embed-token', { agentUserId: 'nobody', channelId: 'c' })).code).toBe(6103);
  });

  test('that the node did not record is 6904, one of unknown fate is PROCESSING', async () => {
    const { node } = scene.gateway;
    for (const error of [new OverloadedError(), new ReadOnlyError('full')]) {
      node.refuseNext(error);
      expect(await transfer()).toEqual({ code: 6904, message: 'Temporarily unavailable' });
    }
    node.refuseNext(new OutcomeUnknownError('the plug'));
    const processing = { orderStatus: 'PROCESSING', agentUserId: 'carol', platformUserId };
    expect(await transfer()).toEqual({ code: 0, message: 'success', orderNo: 'T-1', ...processing });
    expect(await ask('query-order', { orderNo: 'T-1', orderType: 'TRANSFER_IN' })).toMatchObject({
      status: 'PROCESSING',
    });
    node.refuseNext(new OutcomeUnknownError('the plug'));
    const all = await ask('transfer-all-out', { agentOrderNo: 'T-2', platformUserId });
    expect(all).toEqual({ code: 0, message: 'success', orderNo: 'T-2', ...processing, amount: '' });
    node.refuseNext(new OverloadedError());
    expect((await ask('query-account')).code).toBe(6904);
    node.refuseNext(new OutcomeUnknownError('the plug'));
    expect((await ask('bind', { agentUserId: 'erin' })).code).toBe(6904);
  });
});

describe('reverse', () => {
  const reverse = (more: Record<string, unknown> = {}) =>
    ask('reverse', { origOrderNo: 'T-1', reverseOrderNo: 'R-1', reverseReason: 'wrong customer', ...more });

  test('takes a transfer back once', async () => {
    await transfer();
    expect(await reverse()).toEqual({ code: 0, message: 'success', orderStatus: 'SUCCESS' });
    expect(await reverse({ reverseReason: 'another' })).toMatchObject({ orderStatus: 'SUCCESS' });
    expect(deposit()).toBe(10_000n);
    expect((await reverse({ reverseOrderNo: 'R-2' })).code).toBe(6105);
    expect((await reverse({ origOrderNo: 'T-9', reverseOrderNo: 'R-3' })).code).toBe(6101);
    await transfer({ agentOrderNo: 'T-2' });
    expect((await reverse({ origOrderNo: 'T-2' })).code).toBe(6102);
    expect(await ask('query-order', { orderNo: 'T-1', orderType: 'TRANSFER_IN' })).toMatchObject({
      status: 'REVERSED',
    });
    expect((await reverse({ reverseReason: '' })).code).toBe(102001);
  });

  test('of unknown fate is PROCESSING', async () => {
    await transfer();
    scene.gateway.node.refuseNext(new OutcomeUnknownError('the plug'));
    expect(await reverse()).toEqual({ code: 0, message: 'success', orderStatus: 'PROCESSING' });
  });
});

describe('queries', () => {
  test('an order, by its direction', async () => {
    await transfer();
    const query = { orderNo: 'T-1', orderType: 'TRANSFER_IN' };
    const at = new Date(scene.gateway.clock.ms).toISOString();
    expect(await ask('query-order', query)).toEqual({
      code: 0,
      message: 'success',
      ...query,
      status: 'SUCCESS',
      direction: 'IN',
      transferMode: 'FIXED_AMOUNT',
      currency: 'USDT',
      amount: '10',
      agentUserId: 'carol',
      platformUserId,
      failReason: '',
      createdAt: at,
      completedAt: at,
    });
    expect((await ask('query-order', { ...query, orderType: 'TRANSFER_OUT' })).code).toBe(6101);
    const other = await scene.agent();
    expect((await scene.call(other, 'query-order', query)).body.code).toBe(6101);
  });

  test('a list, newest first, filtered and paged', async () => {
    const from = new Date(scene.gateway.clock.ms).toISOString();
    for (const n of [1, 2, 3]) {
      await transfer({ agentOrderNo: `T-${n}` });
      scene.gateway.clock.ms += 1_000;
    }
    await ask('transfer-all-out', { agentOrderNo: 'A-1', agentUserId: 'carol' });
    const list = async (filter: Record<string, unknown>) => {
      const { total, orders } = await ask('list-orders', filter);
      return [total, orders.map((order: { orderNo: string }) => order.orderNo)];
    };
    expect(await list({})).toEqual([4, ['A-1', 'T-3', 'T-2', 'T-1']]);
    expect(await list({ page: 2, pageSize: 3, status: 'SUCCESS' })).toEqual([4, ['T-1']]);
    expect(await list({ orderType: 'TRANSFER_OUT' })).toEqual([1, ['A-1']]);
    expect(await list({ status: 'PROCESSING' })).toEqual([0, []]);
    expect(await list({ startTime: from, endTime: new Date(scene.gateway.clock.ms - 2_000).toISOString() })).toEqual([
      1,
      ['T-1'],
    ]);
    expect((await ask('list-orders', { pageSize: 101 })).code).toBe(102003);
    expect((await ask('list-orders', { startTime: '2026-02-30T00:00:00Z' })).code).toBe(102002);
  });

  test('the account, and a user with and without the funding wallet', async () => {
    await transfer();
    expect(await ask('query-account')).toEqual({
      code: 0,
      message: 'success',
      agentCode: agent.agentCode,
      agentStatus: 'ACTIVE',
      assets: [{ currency: 'USDT', depositBalance: '9990' }],
    });
    const assets = await ask('query-user-assets', { platformUserId });
    expect(assets).toMatchObject({ walletBalance: '10', availableBalance: '10', isolatedMargin: '0' });
    expect(assets).not.toHaveProperty('funding');
    const funded = await ask('query-user-assets', { platformUserId, includeFunding: true });
    expect(funded.funding).toMatchObject({ assetCode: 'USDT', totalAmount: '0', materialized: false });
    await transfer({ agentOrderNo: 'T-2' });
    expect((await ask('query-user-assets', { platformUserId })).version).toBeGreaterThan(assets.version);
  });

  test('events, from a place on', async () => {
    await transfer();
    await ask('reverse', { origOrderNo: 'T-1', reverseOrderNo: 'R-1', reverseReason: 'x' });
    const { events, lastSeq } = await ask('events', { afterSeq: 0 });
    const keys = events.map((each: Record<string, unknown>) => `${each['orderType']}:${each['targetStatus']}`);
    expect(keys).toEqual(['transfer:SUCCESS', 'transfer:REVERSED', 'reverse:SUCCESS']);
    expect(lastSeq).toBe(3);
    expect(await ask('events', { afterSeq: 3 })).toEqual({ code: 0, message: 'success', events: [], lastSeq: 3 });
    expect((await ask('events', { afterSeq: 0, limit: 1 })).lastSeq).toBe(1);
  });
});

describe('routes', () => {
  test('stand under /agent too, and the version is open and has no code', async () => {
    const body = JSON.stringify(scene.signed(agent));
    expect((await scene.send('/agent/v1/agent/query-account', body)).body.code).toBe(0);
    for (const url of ['/version', '/agent/version']) {
      const { statusCode, headers, ...reply } = await scene.gateway.app.inject({ method: 'GET', url });
      expect(statusCode).toBe(200);
      expect(headers['x-request-id']).toMatch(/^req-/);
      expect(Object.keys(reply.json())).toEqual(['service', 'version', 'commit', 'date']);
    }
  });
});

test('the calls of an agent are limited, which costs other agents nothing', async () => {
  const limited = await AgentScene.start({ rateLimits: { agent: { perSecond: 1, burst: 2 } } });
  const [busy, quiet] = [await limited.agent(), await limited.agent()];
  const codes = [];
  for (let n = 0; n < 3; n++) codes.push((await limited.call(busy, 'query-account')).body.code);
  expect(codes).toEqual([0, 0, 6904]);
  expect((await limited.call(quiet, 'query-account')).body.code).toBe(0);
  await limited.gateway.close();
});

test.each([999, 30 * 60_000, Number.NaN])('a window of %d ms cannot be configured', async (agentWindowMs) => {
  await expect(AgentScene.start({ agentWindowMs })).rejects.toThrow(RangeError);
});
