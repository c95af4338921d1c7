import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bringUser, freshOrderNo, type Users } from './partner-of-the-venue.ts';
import { PREFIXES, StrictScene } from './scene.ts';
import type { Request, StrictAgent } from './strict-agent.ts';

let scene: StrictScene;
beforeAll(async () => {
  scene = await StrictScene.start();
});
afterAll(() => scene.close());

describe.each(PREFIXES)('money under the prefix "%s"', (prefix) => {
  let agent: StrictAgent;
  let users: Users;
  beforeAll(() => {
    agent = scene.agent(prefix);
    users = scene.users(prefix);
  });

  it('a user is named by either id or both, and only by the agent who bound him', async () => {
    const { user, other } = users;
    const named = (fields: Request): Request => ({
      agentOrderNo: freshOrderNo('N'),
      direction: 'IN',
      amount: '1',
      ...fields,
    });
    const { agentUserId, platformUserId } = user;
    const ids = { agentUserId, platformUserId };
    for (const fields of [{ agentUserId }, { platformUserId }, ids])
      expect(await agent.succeed('transfer', named(fields))).toMatchObject({ orderStatus: 'SUCCESS', ...ids });
    const refusals: readonly [Request, number][] = [
      [{}, 102001],
      [{ agentUserId: 'nobody' }, 6103],
      [{ platformUserId: scene.stranger }, 6009],
      [{ agentUserId, platformUserId: scene.stranger }, 6009],
      [{ platformUserId: '1000000001' }, 6009],
      [{ agentUserId, platformUserId: other.platformUserId }, 6104],
    ];
    for (const [fields, code] of refusals) {
      expect(await agent.refusal('transfer', named(fields)), JSON.stringify(fields)).toBe(code);
      const all = { agentOrderNo: freshOrderNo('N'), ...fields };
      expect(await agent.refusal('transfer-all-out', all), JSON.stringify(fields)).toBe(code);
    }
    expect(await agent.refusal('query-user-assets', { platformUserId: scene.stranger })).toBe(6009);
    for (const [name, more] of [
      ['create-entry-url', {}],
      ['create-embed-token', { channelId: 'page' }],
    ] as const)
      expect(await agent.refusal(name, { agentUserId: 'nobody', ...more })).toBe(6103);
  });

  it('bind gives one user for good', async () => {
    const { agentUserId, platformUserId } = users.user;
    for (const username of ['Carol', '', 'carol@partner.example'])
      expect((await agent.succeed('bind', { agentUserId, username }))['platformUserId']).toBe(platformUserId);
  });

  it('an order number names one content for good', async () => {
    const { agentUserId, platformUserId } = users.user;
    const order = { agentOrderNo: freshOrderNo('ONE'), agentUserId, direction: 'IN', amount: '10' };
    const first = await agent.succeed('transfer', order);
    for (const same of [order, { ...order, amount: '10.00' }, { ...order, platformUserId, currency: 'USDT' }])
      expect(await agent.succeed('transfer', same)).toEqual(first);
    for (const content of [{ amount: '11' }, { direction: 'OUT' }, { agentUserId: users.other.agentUserId }])
      expect(await agent.refusal('transfer', { ...order, ...content }), JSON.stringify(content)).toBe(6102);
    expect(await agent.refusal('transfer-all-out', { agentOrderNo: order.agentOrderNo, agentUserId })).toBe(6102);
  });

  it('a transfer without the money is FAILED, and only the queries say why', async () => {
    const { agentUserId } = users.user;
    for (const [direction, orderType, amount] of [
      ['IN', 'TRANSFER_IN', '999999999999'],
      ['OUT', 'TRANSFER_OUT', '999999'],
    ] as const) {
      const agentOrderNo = freshOrderNo('POOR');
      const failed = await agent.succeed('transfer', { agentOrderNo, agentUserId, direction, amount });
      expect(failed['orderStatus']).toBe('FAILED');
      const order = await agent.succeed('query-order', { orderNo: agentOrderNo, orderType });
      expect(order).toMatchObject({ status: 'FAILED', direction, amount, transferMode: 'FIXED_AMOUNT' });
      expect(order['failReason']).not.toBe('');
      const reverse = { origOrderNo: agentOrderNo, reverseOrderNo: freshOrderNo('R'), reverseReason: 'none' };
      expect(await agent.refusal('reverse', reverse)).toBe(6105);
      const other = orderType === 'TRANSFER_IN' ? 'TRANSFER_OUT' : 'TRANSFER_IN';
      expect(await agent.refusal('query-order', { orderNo: agentOrderNo, orderType: other })).toBe(6101);
    }
    expect(await agent.refusal('query-order', { orderNo: 'never', orderType: 'TRANSFER_IN' })).toBe(6101);
  });

  it('money comes in, goes back once, and goes out whole', async () => {
    const saver = await bringUser(agent, `erin${prefix}`);
    const { agentUserId, platformUserId } = saver;
    const wallet = async () => (await agent.succeed('query-user-assets', { platformUserId }))['walletBalance'];
    const agentOrderNo = freshOrderNo('IN');
    await agent.succeed('transfer', { agentOrderNo, agentUserId, direction: 'IN', amount: '0.12345678' });
    expect(await wallet()).toBe('5000.12345678');
    const back = { origOrderNo: agentOrderNo, reverseOrderNo: freshOrderNo('R'), reverseReason: 'a mistake' };
    for (const _ of [1, 2]) expect((await agent.succeed('reverse', back))['orderStatus']).toBe('SUCCESS');
    expect(await wallet()).toBe('5000');
    expect(await agent.refusal('reverse', { ...back, reverseOrderNo: freshOrderNo('R') })).toBe(6105);
    expect(await agent.refusal('reverse', { ...back, origOrderNo: saver.orderNo })).toBe(6102);
    const never = { ...back, origOrderNo: 'never', reverseOrderNo: freshOrderNo('R') };
    expect(await agent.refusal('reverse', never)).toBe(6101);
    const order = await agent.succeed('query-order', { orderNo: agentOrderNo, orderType: 'TRANSFER_IN' });
    expect(order['status']).toBe('REVERSED');
    const all = { agentOrderNo: freshOrderNo('ALL'), agentUserId };
    for (const _ of [1, 2])
      expect(await agent.succeed('transfer-all-out', all)).toMatchObject({ orderStatus: 'SUCCESS', amount: '5000' });
    expect(await wallet()).toBe('0');
    const out = await agent.succeed('query-order', { orderNo: all.agentOrderNo, orderType: 'TRANSFER_OUT' });
    expect(out).toMatchObject({ transferMode: 'ALL_OUT', amount: '5000' });
  });

  it('money goes round the three wallets, once for each number', async () => {
    const { agentUserId, platformUserId } = await bringUser(agent, `frank${prefix}`);
    const wallets = async () => {
      const assets = await agent.succeed('query-user-assets', { platformUserId, includeFunding: true });
      return [assets['walletBalance'], assets['funding'].totalAmount];
    };
    const move = (direction: string, more: Request): Request => ({
      agentOrderNo: freshOrderNo('W'),
      agentUserId,
      direction,
      ...more,
    });
    expect(await wallets()).toEqual(['5000', '0']);
    const moves: readonly [Request, Request, readonly string[]][] = [
      [move('PARTNER_TO_FUNDING', { amount: '40.5' }), { status: 'SUCCESS', amount: '40.5' }, ['5000', '40.5']],
      [move('FUNDING_TO_CONTRACT', { amount: '0.5' }), { status: 'SUCCESS', amount: '0.5' }, ['5000.5', '40']],
      [move('FUNDING_TO_PARTNER', { amount: '10.00' }), { status: 'SUCCESS', amount: '10' }, ['5000.5', '30']],
      [move('CONTRACT_TO_FUNDING', { transferAll: true }), { status: 'SUCCESS', amount: '5000.5' }, ['0', '5030.5']],
      [move('FUNDING_TO_PARTNER', { amount: '9999' }), { status: 'FAILED' }, ['0', '5030.5']],
      [move('FUNDING_TO_CONTRACT', { transferAll: true }), { status: 'SUCCESS', transferAll: true }, ['5030.5', '0']],
    ];
    for (const [request, says, after] of moves) {
      const moved = await agent.succeed('wallet-transfer', request);
      expect(moved).toMatchObject({ ...says, direction: request['direction'], agentUserId, platformUserId });
      expect(moved['resultCode'] === '').toBe(says['status'] === 'SUCCESS');
      expect(await agent.succeed('wallet-transfer', request)).toEqual(moved);
      const { agentOrderNo } = request;
      for (const named of [{ agentOrderNo }, { orderNo: agentOrderNo }])
        expect(await agent.succeed('wallet-transfer-status', named)).toEqual(moved);
      expect(await wallets()).toEqual(after);
      expect(await agent.refusal('wallet-transfer', { ...request, platformUserId: scene.stranger })).toBe(6009);
      const other = { ...request, direction: 'PARTNER_TO_FUNDING', amount: '77', transferAll: false };
      expect(await agent.refusal('wallet-transfer', other)).toBe(6102);
    }
    for (const [request, code] of [
      [move('PARTNER_TO_FUNDING', {}), 102001],
      [move('FUNDING_TO_CONTRACT', { transferAll: false }), 102001],
      [move('FUNDING_TO_CONTRACT', { transferAll: true, amount: '1' }), 102002],
      [move('PARTNER_TO_FUNDING', { transferAll: true }), 102002],
      [move('FUNDING_TO_PARTNER', { transferAll: true }), 102002],
      [move('PARTNER_TO_FUNDING', { amount: '1', agentUserId: 'nobody' }), 6103],
      [move('PARTNER_TO_FUNDING', { amount: '1', platformUserId: users.user.platformUserId }), 6104],
    ] as const)
      expect(await agent.refusal('wallet-transfer', request), JSON.stringify(request)).toBe(code);
    expect(await agent.refusal('wallet-transfer-status', { agentOrderNo: 'never' })).toBe(6101);
  });

  it('lists its orders by type, status, time and page', async () => {
    const ask = (more: Request) => agent.succeed('list-orders', more);
    const all = await ask({ pageSize: 100 });
    expect(all['total']).toBeGreaterThan(5);
    expect(await ask({})).toMatchObject({ page: 1, pageSize: 20, total: all['total'] });
    const second = await ask({ page: 2, pageSize: 1 });
    expect(second['orders']).toEqual([all['orders'][1]]);
    for (const status of ['SUCCESS', 'FAILED', 'REVERSED', 'PROCESSING', 'DEAD'])
      for (const order of (await ask({ status }))['orders']) expect(order.status).toBe(status);
    for (const order of (await ask({ orderType: 'TRANSFER_OUT' }))['orders']) expect(order.direction).toBe('OUT');
    const { createdAt } = all['orders'].at(-1);
    expect((await ask({ endTime: createdAt }))['total']).toBeLessThan(all['total']);
    expect((await ask({ startTime: '2100-01-01T00:00:00+01:00' }))['orders']).toEqual([]);
    expect((await ask({ page: 1_000, pageSize: 100 }))['orders']).toEqual([]);
  });
});
