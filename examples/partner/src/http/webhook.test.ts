import { signTestWebhook, type TransferCompletedEvent } from '@openvenue/agent-sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AGENT_CODE, API_SECRET } from '../testing/books.ts';
import { type Browser, Scene } from '../testing/site.ts';

const NEW_SECRET = 'the next secret';
let scene: Scene;
let browser: Browser;
let event: TransferCompletedEvent;
/** A deposit of 30 whose outcome only webhooks tell. */
beforeEach(async () => {
  scene = await Scene.start({ apiSecrets: [API_SECRET, NEW_SECRET] });
  scene.venue.setWebhookUrl(AGENT_CODE, 'http://127.0.0.1:1/');
  browser = await scene.browser().signIn();
  scene.venue.inject({ kind: 'processing', path: '/v1/agent/transfer' });
  const { transfer } = (await browser.post('/api/deposits', { amount: '30' })).body;
  event = {
    event: 'transfer.completed',
    orderType: 'transfer',
    orderId: 71,
    orderNo: transfer?.orderNo ?? '',
    targetStatus: 'FAILED',
    direction: 'IN',
    transferMode: 'FIXED_AMOUNT',
    currency: 'USDT',
    amount: '30',
    agentCode: AGENT_CODE,
    agentUserId: scene.site.users.byName('carol')?.userId ?? '',
    platformUserId: '1000000001',
    failReason: 'insufficient deposit',
    createdAt: '2026-01-01T00:00:00.000Z',
    completedAt: '2026-01-01T00:00:01.000Z',
  };
});
afterEach(async () => {
  expect(scene.site.ledger.findFaults()).toEqual([]);
  await scene.close();
});

async function deliver(webhook: { readonly headers: Readonly<Record<string, string>>; readonly rawBody: string }) {
  const url = `${scene.site.url}/webhooks/openvenue`;
  return (await fetch(url, { method: 'POST', headers: { ...webhook.headers }, body: webhook.rawBody })).status;
}
const state = async () => {
  const { balance, transfers } = (await browser.get('/api/account')).body;
  return [balance, transfers?.[0]?.status];
};

describe('the webhook address', () => {
  it('takes an event in once, however often it is delivered', async () => {
    const statuses = [];
    for (let time = 0; time < 3; time += 1) statuses.push(await deliver(signTestWebhook(event, API_SECRET)));
    expect(statuses).toEqual([204, 204, 204]);
    expect(await state()).toEqual(['10000', 'FAILED']);
    expect((await browser.get('/api/account')).body.transfers?.[0]?.failReason).toBe('insufficient deposit');
  });

  it('takes events in any order: SUCCESS after REVERSED is old news', async () => {
    expect(await deliver(signTestWebhook({ ...event, targetStatus: 'REVERSED' }, API_SECRET))).toBe(204);
    expect(await deliver(signTestWebhook({ ...event, targetStatus: 'SUCCESS' }, API_SECRET))).toBe(204);
    expect(await state()).toEqual(['10000', 'REVERSED']);
  });

  it('takes both secrets of a rotation', async () => {
    expect(await deliver(signTestWebhook({ ...event, targetStatus: 'SUCCESS' }, NEW_SECRET))).toBe(204);
    expect(await state()).toEqual(['9970', 'SUCCESS']);
  });

  it('acknowledges events about orders that are not its own, and kinds that it does not know', async () => {
    expect(await deliver(signTestWebhook({ ...event, orderNo: 'by hand' }, API_SECRET))).toBe(204);
    const unknown = JSON.parse(JSON.stringify({ ...event, event: 'test.event' }));
    expect(await deliver(signTestWebhook(unknown, API_SECRET))).toBe(204);
    expect(await state()).toEqual(['9970', 'PROCESSING']);
  });

  it('refuses what is not signed, changed, old, or sent again as it is', async () => {
    const good = signTestWebhook(event, API_SECRET);
    const old = signTestWebhook(event, API_SECRET, { nowMs: Date.now() - 301_000 });
    const changed = { ...good, rawBody: good.rawBody.replace('"30"', '"31"') };
    const unsigned = { ...good, headers: { 'content-type': 'application/json' } };
    expect([
      await deliver(signTestWebhook(event, 'another secret')),
      await deliver(changed),
      await deliver(unsigned),
      await deliver(old),
    ]).toEqual([400, 400, 400, 400]);
    expect(await state()).toEqual(['9970', 'PROCESSING']);
    expect([await deliver(good), await deliver(good)]).toEqual([204, 400]);
  });

  it('catches up with webhooks that never arrived', async () => {
    scene.venue.resolveOrder(AGENT_CODE, event.orderNo);
    const reverse = {
      kind: 'refuse',
      path: '/v1/agent/query-order',
      code: 6904,
      message: 'not now',
      times: 1_000,
    } as const;
    scene.venue.inject(reverse);
    const { cookie } = browser;
    await scene.restart();
    browser = scene.browser();
    browser.cookie = cookie;
    await expect.poll(state, { timeout: 20_000 }).toEqual(['9970', 'SUCCESS']);
  });
});
