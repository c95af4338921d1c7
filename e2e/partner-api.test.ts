import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { AgentCaller } from './testing/agent-caller.ts';
import { call } from './testing/api.ts';
import { VenueProcess } from './testing/venue-process.ts';
import { receiveWebhooks } from './testing/webhook-receiver.ts';

const TRANSFERS_UNDER_WAY = 40;

const dataFolder = mkdtempSync(join(tmpdir(), 'openvenue-partner-'));
const closers: (() => unknown)[] = [];
let running: VenueProcess | undefined;
afterAll(async () => {
  await running?.kill();
  for (const close of closers) close();
  rmSync(dataFolder, { recursive: true, force: true });
});

/** The venue with the demo partner's back end, whose credentials stand in the banner. */
async function start(webhookUrl: string) {
  const venue = await VenueProcess.start(dataFolder, { OPENVENUE_DEMO_WEBHOOK_URL: webhookUrl });
  running = venue;
  const [, agentCode = '', apiSecret = ''] = /agentCode=(\S+) apiSecret=(\S+)/.exec(venue.output) ?? [];
  return { venue, apiSecret, agent: new AgentCaller({ url: venue.url, agentCode, apiSecret }) };
}

describe('a partner', () => {
  it('brings a user with money, who trades in an embedded terminal; takes it out again; and a plug pulled meanwhile moves nothing twice', async () => {
    const receiver = await receiveWebhooks();
    closers.push(receiver.close);
    const { venue, apiSecret, agent } = await start(receiver.url);

    const bound = await agent.call('bind', { agentUserId: 'carol' });
    expect(bound).toMatchObject({ code: 0, bindStatus: 'BOUND' });
    const { platformUserId } = bound;
    const deposit = async (of: AgentCaller): Promise<number> =>
      Number((await of.call('query-account', {})).assets[0].depositBalance);
    expect(await deposit(agent)).toBe(1_000_000);
    expect(
      await agent.call('transfer', { agentOrderNo: 'IN-1', agentUserId: 'carol', direction: 'IN', amount: '5000' }),
    ).toEqual({
      code: 0,
      message: 'success',
      orderNo: 'IN-1',
      orderStatus: 'SUCCESS',
      agentUserId: 'carol',
      platformUserId,
    });

    const { embedToken } = await agent.call('create-embed-token', { agentUserId: 'carol', channelId: 'page-1' });
    const exchanged = await fetch(`${venue.url}/v1/public/agent-sso/exchange-embed-token`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Embed-Origin': 'http://127.0.0.1:8081' },
      body: JSON.stringify({ embedToken, channelId: 'page-1' }),
    });
    const { data } = (await exchanged.json()) as { data: { accessToken: string } };
    const auth = { token: data.accessToken };
    const placed = await call(venue.url, {
      path: '/v1/private/order/place',
      body: { symbol: 'BTCUSDT', type: 'MARKET', side: 'BUY', quantity: '0.01' },
      auth,
    });
    expect(placed).toMatchObject({ code: 0, data: { status: 'FILLED' } });
    const info = await call(venue.url, { path: '/v1/private/user/info', auth });
    expect(info.data.userInfo).toMatchObject({ userId: platformUserId, agentId: expect.any(Number) });
    expect(info.data.userInfo.agentId).toBeGreaterThan(0);
    expect((await call(venue.url, { path: '/v1/private/user/api-key/list', auth })).code).toBe(3006);
    const closed = await call(venue.url, {
      path: '/v1/private/order/place',
      body: { symbol: 'BTCUSDT', type: 'MARKET', side: 'SELL', quantity: '0.01' },
      auth,
    });
    expect(closed).toMatchObject({ code: 0, data: { status: 'FILLED' } });

    const out = await agent.call('transfer-all-out', { agentOrderNo: 'OUT-1', platformUserId });
    expect(out).toMatchObject({ code: 0, orderStatus: 'SUCCESS', agentUserId: 'carol' });
    expect(Number(out.amount)).toBeGreaterThan(4_900);
    expect(await deposit(agent)).toBeCloseTo(995_000 + Number(out.amount), 6);
    for (const [orderNo, direction] of [
      ['IN-1', 'IN'],
      ['OUT-1', 'OUT'],
    ] as const) {
      const { timestamp, nonce, signature, raw, body } = await receiver.about(orderNo);
      const expected = createHmac('sha256', apiSecret).update(`${timestamp}${nonce}${raw}`).digest('hex');
      expect(signature).toBe(expected);
      const says = { event: 'transfer.completed', orderType: 'transfer', targetStatus: 'SUCCESS', direction };
      expect(body).toMatchObject({ ...says, agentCode: 'DEMO', agentUserId: 'carol', platformUserId });
    }

    const before = await deposit(agent);
    const order = (n: number) => ({ agentOrderNo: `K-${n}`, agentUserId: 'carol', direction: 'IN', amount: '10' });
    const numbers = Array.from({ length: TRANSFERS_UNDER_WAY }, (_, n) => n);
    let answered = 0;
    const underWay = numbers.map((n) =>
      agent.call('transfer', order(n)).then(
        () => (answered += 1),
        () => undefined,
      ),
    );
    while (answered === 0) await nextTurn();
    await venue.kill();
    await Promise.all(underWay);

    const again = await start(receiver.url);
    expect(again.apiSecret).toBe(apiSecret);
    for (const n of numbers) {
      for (const _ of [1, 2])
        expect(await again.agent.call('transfer', order(n))).toMatchObject({ code: 0, orderStatus: 'SUCCESS' });
    }
    expect(await deposit(again.agent)).toBeCloseTo(before - 10 * TRANSFERS_UNDER_WAY, 6);
    expect((await again.agent.call('query-user-assets', { platformUserId })).walletBalance).toBe('400');
    await receiver.about(`K-${TRANSFERS_UNDER_WAY - 1}`);
    expect(await again.venue.stop()).toBe(0);
  });
});
