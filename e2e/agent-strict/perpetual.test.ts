import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callTable, callTables } from './call-tables.ts';
import { goodRequest, type Users } from './partner-of-the-venue.ts';
import { StrictScene } from './scene.ts';
import type { Request, StrictAgent } from './strict-agent.ts';

let scene: StrictScene;
beforeAll(async () => {
  scene = await StrictScene.start();
});
afterAll(() => scene.close());

const PERPETUAL = [...callTables.keys()].filter((name) => name.startsWith('perpetual-'));

describe('the perpetual queries', () => {
  let agent: StrictAgent;
  let users: Users;
  beforeAll(() => {
    agent = scene.agent('');
    users = scene.users('');
  });

  it.each(PERPETUAL)('%s has the same items on one page and on many, each once', async (name) => {
    const request: Request = { ...(await goodRequest(agent, name, users)), limit: 1_000 };
    const whole = (await agent.succeed(name, request))['data'];
    expect(whole).toMatchObject({ hasMore: false });
    expect(whole.items.length).toBeGreaterThan(0);
    expect(new Set(whole.items.map((item: { entityId: string }) => item.entityId)).size).toBe(whole.items.length);
    const items = [];
    let page = { hasMore: true, nextCursor: '' };
    while (page.hasMore) {
      const cursor = page.nextCursor === '' ? {} : { cursor: page.nextCursor };
      const { data } = await agent.succeed(name, { ...request, limit: 2, ...cursor });
      expect(data.items.length).toBeLessThanOrEqual(2);
      items.push(...data.items);
      page = data;
    }
    expect(items).toEqual(whole.items);
    for (const { entityType, entityId, data, platformUserId } of items) {
      if (Array.isArray(request['platformUserIds'])) expect(request['platformUserIds']).toContain(platformUserId);
      const own = { ORDER: 'orderId', CONDITION_ORDER: 'conditionId', TRADE_FILL: 'fillId', POSITION: 'positionId' };
      const idField = own[entityType as keyof typeof own];
      if (idField !== undefined) expect(entityId).toBe(data[idField]);
    }
    expect(await agent.refusal(name, { ...request, cursor: 'made-up' })).toBe(102002);
  });

  it('keep the filters of their cursors', async () => {
    const name = 'perpetual-trades';
    const request = await goodRequest(agent, name, users);
    const { nextCursor, hasMore } = (await agent.succeed(name, { ...request, limit: 1 }))['data'];
    expect(hasMore).toBe(true);
    const mixed = { ...request, limit: 1, symbol: 'ETHUSDT', cursor: nextCursor };
    expect(await agent.refusal(name, mixed)).toBe(102002);
    expect(await agent.refusal('perpetual-account-ledger', { cursor: nextCursor })).toBe(102002);
    for (const [of, missing] of [
      ['perpetual-trades', {}],
      ['perpetual-orders-current', { orderCategory: 'CONDITIONAL' }],
      ['perpetual-orders-history', { orderCategory: 'CONDITIONAL' }],
    ] as const)
      expect(await agent.refusal(of, missing), of).toBe(102001);
  });

  it('share one quota, over which they say so', async () => {
    const codes = [];
    for (let n = 0; n < 3; n++) {
      for (const name of PERPETUAL) {
        const body = agent.sign(await goodRequest(agent, name, users));
        const reply = await agent.send(callTable(name), body);
        if (reply['code'] !== 0) expect(Object.keys(reply)).toEqual(['code', 'message']);
        codes.push(reply['code']);
      }
    }
    expect(codes).toContain(6905);
    expect(codes.filter((code) => code !== 0 && code !== 6905)).toEqual([]);
  });
});
