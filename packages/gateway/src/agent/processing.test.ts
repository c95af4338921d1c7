import { ONE } from '@openvenue/money';
import { OutcomeUnknownError, OverloadedError } from '@openvenue/sequencer';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AgentScene, type TestAgent } from '../testing/agent-scene.ts';

const OUTCOME_TIMEOUT_MS = 25;

let scene: AgentScene;
let agent: TestAgent;
let ids: { readonly agentUserId: string; readonly platformUserId: string };
beforeEach(async () => {
  scene = await AgentScene.start({ agentOutcomeTimeoutMs: OUTCOME_TIMEOUT_MS });
  agent = await scene.agent();
  ids = { agentUserId: 'carol', platformUserId: await scene.bind(agent) };
});
afterEach(() => scene.gateway.close());

const ask = async (path: string, fields: Record<string, unknown> = {}, caller = agent) =>
  (await scene.call(caller, path, fields)).body;
const transfer = (more: Record<string, unknown> = {}) =>
  ask('transfer', { agentOrderNo: 'T-1', agentUserId: 'carol', direction: 'IN', amount: '10.50', ...more });
const query = (orderNo: string, orderType = 'TRANSFER_IN', caller = agent) =>
  ask('query-order', { orderNo, orderType }, caller);
const deposit = () => Number(scene.deposit(agent) / (ONE / 10n)) / 10;
/** Resolves when the node has taken all that was waiting for it. */
const caughtUp = () => ask('query-account');

describe('an outcome that does not come in time', () => {
  test('AGY-36, AGY-37: of a transfer is PROCESSING, also to who asks for it, and then resolves by itself', async () => {
    const release = scene.gateway.node.stall();
    const success = { code: 0, message: 'success' };
    expect(await transfer()).toEqual({ ...success, orderNo: 'T-1', orderStatus: 'PROCESSING', ...ids });
    const at = new Date(scene.gateway.clock.ms).toISOString();
    expect(await query('T-1')).toEqual({
      ...success,
      orderType: 'TRANSFER_IN',
      orderNo: 'T-1',
      status: 'PROCESSING',
      direction: 'IN',
      transferMode: 'FIXED_AMOUNT',
      currency: 'USDT',
      amount: '10.5',
      ...ids,
      failReason: '',
      createdAt: at,
      completedAt: '',
    });
    expect(await transfer({ environment: 'PRODUCTION' })).toMatchObject({
      orderStatus: 'PROCESSING',
      environment: 'PRODUCTION',
    });
    expect(deposit()).toBe(10_000);
    release();
    await caughtUp();
    expect(await query('T-1')).toMatchObject({ status: 'SUCCESS', amount: '10.5', completedAt: at });
    expect(await transfer()).toMatchObject({ orderStatus: 'SUCCESS' });
    expect(deposit()).toBe(9_989.5);
  });

  test('of an all-out has no amount yet', async () => {
    await transfer();
    const release = scene.gateway.node.stall();
    const all = await ask('transfer-all-out', { agentOrderNo: 'A-1', ...ids });
    expect(all).toMatchObject({ code: 0, orderNo: 'A-1', orderStatus: 'PROCESSING', ...ids, amount: '' });
    expect(await query('A-1', 'TRANSFER_OUT')).toMatchObject({
      status: 'PROCESSING',
      transferMode: 'ALL_OUT',
      amount: '',
    });
    expect(await query('A-1', 'TRANSFER_IN')).toMatchObject({ code: 6904 });
    release();
    await caughtUp();
    expect(await query('A-1', 'TRANSFER_OUT')).toMatchObject({ status: 'SUCCESS', amount: '10.5' });
    expect(deposit()).toBe(10_000);
  });

  test('of a reverse is PROCESSING, and its repeat tells the result', async () => {
    await transfer();
    const release = scene.gateway.node.stall();
    const reverse = () => ask('reverse', { origOrderNo: 'T-1', reverseOrderNo: 'R-1', reverseReason: 'mistake' });
    expect(await reverse()).toEqual({ code: 0, message: 'success', orderStatus: 'PROCESSING' });
    release();
    await caughtUp();
    expect(await query('T-1')).toMatchObject({ status: 'REVERSED' });
    expect(await reverse()).toMatchObject({ orderStatus: 'SUCCESS' });
    expect(deposit()).toBe(10_000);
  });

  test('names the user as the request did while he is not known, and a refusal leaves no order behind', async () => {
    const release = scene.gateway.node.stall();
    const early = await transfer({ agentUserId: 'dave' });
    expect(early).toMatchObject({ orderStatus: 'PROCESSING', agentUserId: 'dave', platformUserId: '' });
    expect(await query('T-1')).toMatchObject({ status: 'PROCESSING', agentUserId: 'dave', platformUserId: '' });
    release();
    await caughtUp();
    expect(await query('T-1')).toMatchObject({ code: 6101 });
    expect(await transfer({ agentUserId: 'dave' })).toMatchObject({ code: 6103 });
  });

  test('of other calls is 6904: they can be repeated', async () => {
    const other = await scene.agent();
    const release = scene.gateway.node.stall();
    await transfer();
    const answers = await Promise.all([
      ask('bind', { agentUserId: 'erin' }),
      ask('query-account'),
      ask('list-orders'),
      ask('create-entry-url', { agentUserId: 'carol' }),
      query('T-2'),
      query('T-1', 'TRANSFER_IN', other),
    ]);
    expect(answers.map(({ code }) => code)).toEqual(answers.map(() => 6904));
    release();
  });
});

describe('a fate that the node cannot tell', () => {
  test('AGY-37: is PROCESSING until a successor of the node has read the log', async () => {
    scene.gateway.node.refuseNext(new OutcomeUnknownError('the plug'));
    expect(await transfer()).toMatchObject({ orderStatus: 'PROCESSING' });
    expect(await query('T-1')).toMatchObject({ status: 'PROCESSING' });
    await scene.gateway.restart();
    expect(await query('T-1')).toMatchObject({ code: 6101 });
    expect(await transfer()).toMatchObject({ orderStatus: 'SUCCESS' });
  });

  test('is not that of a transfer that was surely not recorded', async () => {
    scene.gateway.node.refuseNext(new OverloadedError());
    expect(await transfer()).toMatchObject({ code: 6904 });
    expect(await query('T-1')).toMatchObject({ code: 6101 });
  });
});

test.each([9, 60_001, Number.NaN])('agents cannot be made to wait %d ms', async (agentOutcomeTimeoutMs) => {
  await expect(AgentScene.start({ agentOutcomeTimeoutMs })).rejects.toThrow(RangeError);
});
