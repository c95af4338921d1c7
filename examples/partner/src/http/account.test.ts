import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AGENT_CODE } from '../testing/books.ts';
import { type Browser, Scene } from '../testing/site.ts';

let scene: Scene;
let browser: Browser;
beforeEach(async () => {
  scene = await Scene.start();
  browser = await scene.browser().signIn();
});
afterEach(async () => {
  expect(scene.site.ledger.findFaults()).toEqual([]);
  await scene.close();
});

const account = async () => (await browser.get('/api/account')).body;
/** The state of the only transfer, once it is no longer pending. */
const settled = async () => {
  await expect.poll(async () => (await account()).transfers?.[0]?.status, { timeout: 20_000 }).not.toBe('PROCESSING');
  return (await account()).transfers?.[0]?.status;
};

describe('the account', () => {
  it('is bound to the venue at the first visit, once', async () => {
    const first = await account();
    await account();
    expect(first).toEqual({
      username: 'carol',
      balance: '10000',
      tradingBalance: '0',
      withdrawable: '0',
      transfers: [],
    });
    const { userId, platformUserId } = scene.site.users.byName('carol') ?? {};
    const binds = scene.venue.requests.filter(({ path }) => path === '/v1/agent/bind');
    expect(binds.map(({ body }) => body?.['agentUserId'])).toEqual([userId]);
    expect(platformUserId).toMatch(/^\d{10}$/);
  });

  it('is shown without the trading balance while the venue does not answer', async () => {
    scene.venue.inject({ kind: 'status', status: 502, when: 'before', times: 1_000 });
    const { balance, tradingBalance } = await account();
    expect([balance, tradingBalance]).toEqual(['10000', undefined]);
  });

  it.each([
    '/api/deposits',
    '/api/withdrawals',
    '/api/withdrawals/all',
    '/api/trading/embed-token',
    '/api/trading-entry',
  ])('keeps %s for who is signed in', async (path) =>
    expect((await scene.browser().post(path, { amount: '1' })).status).toBe(401),
  );
});

describe('money', () => {
  it('goes to the venue and back', async () => {
    const deposit = await browser.post('/api/deposits', { amount: '250.5' });
    expect(deposit).toMatchObject({
      status: 200,
      body: { balance: '9749.5', transfer: { direction: 'IN', amount: '250.5', status: 'SUCCESS', failReason: '' } },
    });
    expect(scene.trading()).toBe('250.5');
    const withdrawal = await browser.post('/api/withdrawals', { amount: '50' });
    expect(withdrawal.body).toMatchObject({ balance: '9799.5', transfer: { direction: 'OUT', status: 'SUCCESS' } });
    const all = await browser.post('/api/withdrawals/all', {});
    expect(all.body).toMatchObject({ balance: '10000', transfer: { amount: '200.5', status: 'SUCCESS' } });
    expect((await account()).transfers?.map(({ amount }) => amount)).toEqual(['200.5', '50', '250.5']);
  });

  it('that is not there is not moved', async () => {
    const much = await browser.post('/api/deposits', { amount: '10000.00000001' });
    expect([much.status, much.body.error?.code]).toEqual([409, 'insufficient_balance']);
    const withdrawal = await browser.post('/api/withdrawals', { amount: '1' });
    expect(withdrawal.body.transfer).toMatchObject({ status: 'FAILED', failReason: 'insufficient balance' });
    expect((await account()).balance).toBe('10000');
  });

  it.each(['0', '-1', '1e3', '0.000000001', ' 1', '1000000000.00000001', 1, null])('refuses %j', async (amount) => {
    const { status, body } = await browser.post('/api/deposits', { amount });
    expect([status, body.error?.code]).toEqual([400, 'invalid_amount']);
  });

  it('is moved once when the browser asks twice with one requestId', async () => {
    const ask = () => browser.post('/api/deposits', { amount: '5', requestId: 'once' });
    const [one, two] = await Promise.all([ask(), ask()]);
    expect(one.body.transfer?.orderNo).toBe(two.body.transfer?.orderNo);
    expect(scene.trading()).toBe('5');
  });

  it('is not taken while the venue has never answered', async () => {
    scene.venue.inject({ kind: 'lose-request', times: 1_000 });
    const { status, body } = await browser.post('/api/deposits', { amount: '5' });
    expect([status, body.error?.code]).toEqual([503, 'venue_unavailable']);
    expect((await account()).balance).toBe('10000');
  });
});

describe('an unknown outcome', () => {
  it('is pending, and the webhook ends it', async () => {
    scene.venue.inject({ kind: 'processing', path: '/v1/agent/transfer' });
    const { transfer } = (await browser.post('/api/deposits', { amount: '30' })).body;
    expect([transfer?.status, (await account()).balance]).toEqual(['PROCESSING', '9970']);
    scene.venue.inject({ kind: 'lose-request', path: '/v1/agent/query-order', times: 1_000 });
    scene.venue.resolveOrder(AGENT_CODE, transfer?.orderNo ?? '');
    await scene.venue.webhooksIdle();
    expect((await account()).transfers?.[0]?.status).toBe('SUCCESS');
  });

  it('is pending, and the order query ends it', async () => {
    scene.venue.setWebhookUrl(AGENT_CODE, 'http://127.0.0.1:1/');
    scene.venue.inject({ kind: 'processing', path: '/v1/agent/transfer', outcome: 'FAILED' });
    const { transfer } = (await browser.post('/api/deposits', { amount: '30' })).body;
    scene.venue.resolveOrder(AGENT_CODE, transfer?.orderNo ?? '');
    expect([await settled(), (await account()).balance]).toEqual(['FAILED', '10000']);
  });

  it('survives a restart of the site', async () => {
    scene.venue.setWebhookUrl(AGENT_CODE, 'http://127.0.0.1:1/');
    scene.venue.inject({ kind: 'processing', path: '/v1/agent/transfer-all-out' });
    scene.venue.inject({ kind: 'delay', delayMs: 60_000, when: 'before', path: '/v1/agent/query-order' });
    await browser.post('/api/deposits', { amount: '30' });
    const { transfer } = (await browser.post('/api/withdrawals/all', {})).body;
    const { cookie } = browser;
    await scene.restart();
    browser = scene.browser();
    browser.cookie = cookie;
    scene.venue.resolveOrder(AGENT_CODE, transfer?.orderNo ?? '');
    expect(await settled()).toBe('SUCCESS');
    expect(await account()).toMatchObject({ balance: '10000', transfers: [{ amount: '30' }, { amount: '30' }] });
  });
});
