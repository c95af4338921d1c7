import { ONE } from '@openvenue/money';
import { OutcomeUnknownError, OverloadedError } from '@openvenue/sequencer';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AgentScene, type TestAgent } from '../testing/agent-scene.ts';

let scene: AgentScene;
let agent: TestAgent;
let ids: { readonly agentUserId: string; readonly platformUserId: string };
beforeEach(async () => {
  scene = await AgentScene.start({ agentOutcomeTimeoutMs: 25 });
  agent = await scene.agent();
  ids = { agentUserId: 'carol', platformUserId: await scene.bind(agent) };
});
afterEach(() => scene.gateway.close());

const ask = async (path: string, fields: Record<string, unknown> = {}, caller = agent) =>
  (await scene.call(caller, path, fields)).body;
const move = (direction: string, amount: string | undefined, more: Record<string, unknown> = {}) =>
  ask('wallet-transfer', { agentOrderNo: 'W-1', agentUserId: 'carol', direction, amount, ...more });
const status = (fields: Record<string, unknown>, caller = agent) => ask('wallet-transfer-status', fields, caller);
const assets = () => ask('query-user-assets', { platformUserId: ids.platformUserId, includeFunding: true });
const deposit = () => Number(scene.deposit(agent) / ONE);

describe('wallet-transfer', () => {
  test('moves money in all four directions, and the assets show it', async () => {
    const first = {
      code: 0,
      message: 'success',
      orderNo: 'W-1',
      status: 'SUCCESS',
      direction: 'PARTNER_TO_FUNDING',
      currency: 'USDT',
      amount: '500.5',
      transferAll: false,
      ...ids,
      resultCode: '',
    };
    const before = await assets();
    expect(before.funding).toMatchObject({ totalAmount: '0', materialized: false });
    expect(await move('PARTNER_TO_FUNDING', '500.50')).toEqual(first);
    expect(await status({ orderNo: 'W-1', environment: 'PRODUCTION' })).toEqual({
      ...first,
      environment: 'PRODUCTION',
    });
    const funded = await assets();
    expect(funded.funding).toEqual({
      assetCode: 'USDT',
      availableAmount: '500.5',
      heldAmount: '0',
      totalAmount: '500.5',
      materialized: true,
    });
    expect(funded.version).toBeGreaterThan(before.version);
    await move('FUNDING_TO_CONTRACT', '200', { agentOrderNo: 'W-2' });
    expect(await assets()).toMatchObject({ walletBalance: '200', funding: { availableAmount: '300.5' } });
    const back = { agentOrderNo: 'W-3', transferAll: true };
    expect(await move('CONTRACT_TO_FUNDING', undefined, back)).toMatchObject({ transferAll: true, amount: '200' });
    expect(await move('FUNDING_TO_PARTNER', '400', { agentOrderNo: 'W-4' })).toMatchObject({ status: 'SUCCESS' });
    expect(await assets()).toMatchObject({ walletBalance: '0', funding: { availableAmount: '100.5' } });
    expect(deposit()).toBe(9_899);
  });

  test('without the money is FAILED, with its result code', async () => {
    const failed = { code: 0, status: 'FAILED', amount: '1' };
    expect(await move('FUNDING_TO_CONTRACT', '1')).toMatchObject({ ...failed, resultCode: 'INSUFFICIENT_FUNDING' });
    expect(await status({ agentOrderNo: 'W-1' })).toMatchObject({ ...failed, resultCode: 'INSUFFICIENT_FUNDING' });
  });

  test('is done once for its number, which no transfer has either', async () => {
    await ask('transfer', { agentOrderNo: 'T-1', agentUserId: 'carol', direction: 'IN', amount: '10' });
    const first = await move('PARTNER_TO_FUNDING', '10');
    expect(await move('PARTNER_TO_FUNDING', '10.00', { agentUserId: '', platformUserId: ids.platformUserId })).toEqual(
      first,
    );
    await scene.gateway.restart();
    expect(await move('PARTNER_TO_FUNDING', '10')).toEqual(first);
    expect(deposit()).toBe(9_980);
    expect(await move('PARTNER_TO_FUNDING', '11')).toMatchObject({ code: 6102 });
    expect(await move('PARTNER_TO_FUNDING', '10', { agentOrderNo: 'T-1' })).toMatchObject({ code: 6102 });
    const transfer = { agentOrderNo: 'W-1', agentUserId: 'carol', direction: 'IN', amount: '10' };
    expect(await ask('transfer', transfer)).toMatchObject({ code: 6102 });
    expect(await status({ agentOrderNo: 'T-1' })).toMatchObject({ code: 6101 });
    expect(await ask('query-order', { orderNo: 'W-1', orderType: 'TRANSFER_IN' })).toMatchObject({ code: 6101 });
    expect(await status({ agentOrderNo: 'W-1' }, await scene.agent())).toMatchObject({ code: 6101 });
    expect((await ask('list-orders')).total).toBe(1);
  });

  test('names users and numbers by the rules of the page', async () => {
    const foreign = await scene.bind(await scene.agent());
    const codes = [
      [{ agentUserId: 'nobody' }, 6103],
      [{ platformUserId: foreign }, 6009],
      [{ agentUserId: '' }, 102001],
      [{ transferAll: true }, 102002],
      [{ amount: undefined }, 102001],
      [{ amount: undefined, transferAll: true }, 102002],
    ] as const;
    for (const [more, code] of codes) {
      expect((await move('PARTNER_TO_FUNDING', '1', more)).code, JSON.stringify(more)).toBe(code);
    }
    expect((await status({})).code).toBe(102001);
    expect((await status({ agentOrderNo: 'W-1', orderNo: 'W-2' })).code).toBe(102002);
  });
});

describe('an outcome that does not come in time', () => {
  test('is PROCESSING, also to who asks for it, and then resolves by itself', async () => {
    const release = scene.gateway.node.stall();
    const processing = await move('PARTNER_TO_FUNDING', '10.0');
    expect(processing).toMatchObject({ code: 0, status: 'PROCESSING', amount: '10', ...ids, resultCode: '' });
    expect(await status({ agentOrderNo: 'W-1' })).toEqual(processing);
    expect(await status({ agentOrderNo: 'W-2' })).toMatchObject({ code: 6904 });
    const all = await move('FUNDING_TO_CONTRACT', undefined, { agentOrderNo: 'W-2', transferAll: true });
    expect(all).toMatchObject({ status: 'PROCESSING', transferAll: true, amount: '' });
    release();
    await ask('query-account');
    expect(await status({ agentOrderNo: 'W-1' })).toEqual({ ...processing, status: 'SUCCESS' });
    expect(await status({ agentOrderNo: 'W-2' })).toMatchObject({ status: 'SUCCESS', amount: '10' });
  });

  test('is not guessed from what the node says', async () => {
    const { node } = scene.gateway;
    node.refuseNext(new OverloadedError());
    expect(await move('PARTNER_TO_FUNDING', '10')).toMatchObject({ code: 6904 });
    expect(await status({ agentOrderNo: 'W-1' })).toMatchObject({ code: 6101 });
    node.refuseNext(new OutcomeUnknownError('the plug'));
    expect(await move('PARTNER_TO_FUNDING', '10')).toMatchObject({ status: 'PROCESSING' });
    expect(await status({ agentOrderNo: 'W-1' })).toMatchObject({ status: 'PROCESSING' });
  });
});
