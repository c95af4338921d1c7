import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAgentClient } from './client.ts';
import { RefusedError } from './errors.ts';
import type { TransferRequest } from './requests.ts';
import { AGENT, ALICE, type Partner, SECRET, startPartner } from './testing/partner.ts';

let partner: Partner;
beforeEach(async () => {
  partner = await startPartner();
});
afterEach(() => partner.venue.close());

function transferIn(amount: string, agentOrderNo = 'in-1'): TransferRequest {
  return { agentOrderNo, agentUserId: 'alice', direction: 'IN', amount };
}

function refusal(code: number): unknown {
  return expect.objectContaining({ constructor: RefusedError, code });
}

describe('agent client', () => {
  it('asks for the version', async () => {
    expect(await partner.client.version()).toEqual({ service: 'fake-venue', version: '0.1.0', commit: '', date: '' });
  });

  it('works under the prefix /agent and with a slash at the end', async () => {
    const client = createAgentClient({
      baseUrl: `${partner.venue.baseUrl}/agent/`,
      agentCode: AGENT,
      apiSecret: SECRET,
    });
    expect((await client.version()).service).toBe('fake-venue');
    expect((await client.queryAccount()).agentCode).toBe(AGENT);
  });

  it('binds a user, the same for every repeat, with any name and extras', async () => {
    const { client, platformUserId } = partner;
    const again = await client.bind({
      agentUserId: 'alice',
      username: 'Zoë & 李 = 🚀',
      ext: { level: 3, tags: ['a b'] },
    });
    expect(again).toEqual({ platformUserId, bindStatus: 'BOUND', isSimulatedUser: false });
    expect(platformUserId).toMatch(/^\d{10}$/);
  });

  it('transfers in and out, and says the same on a repeat', async () => {
    const { client, venue, platformUserId } = partner;
    const reply = { orderNo: 'in-1', orderStatus: 'SUCCESS', agentUserId: 'alice', platformUserId };
    expect(await client.transfer(transferIn('100.50'))).toEqual(reply);
    expect(await client.transfer(transferIn('100.5'))).toEqual(reply);
    const out = await client.transfer({ agentOrderNo: 'out-1', platformUserId, direction: 'OUT', amount: '0.5' });
    expect(out.orderStatus).toBe('SUCCESS');
    expect(venue.walletsOf(ALICE).contract).toBe('100');
    expect(venue.depositOf(AGENT)).toBe('900');
  });

  it('answers FAILED, with the reason in the order, when the money is not there', async () => {
    const { client } = partner;
    expect((await client.transfer(transferIn('1000.00000001'))).orderStatus).toBe('FAILED');
    const order = await client.queryOrder({ orderNo: 'in-1', orderType: 'TRANSFER_IN' });
    expect(order).toMatchObject({ status: 'FAILED', failReason: 'insufficient balance', amount: '1000.00000001' });
  });

  it('moves all out', async () => {
    const { client, venue, platformUserId } = partner;
    await client.transfer(transferIn('12.34'));
    const reply = await client.transferAllOut({ agentOrderNo: 'all-1', agentUserId: 'alice', platformUserId });
    expect(reply).toEqual({
      orderNo: 'all-1',
      orderStatus: 'SUCCESS',
      agentUserId: 'alice',
      platformUserId,
      amount: '12.34',
    });
    expect(venue.depositOf(AGENT)).toBe('1000');
    const order = await client.queryOrder({ orderNo: 'all-1', orderType: 'TRANSFER_OUT' });
    expect(order).toMatchObject({ transferMode: 'ALL_OUT', direction: 'OUT' });
  });

  it('reverses once, again for the same number, and never by another', async () => {
    const { client, venue } = partner;
    await client.transfer(transferIn('7'));
    const reverse = { origOrderNo: 'in-1', reverseOrderNo: 'r-1', reverseReason: 'mistake' };
    expect(await client.reverse(reverse)).toEqual({ orderStatus: 'SUCCESS' });
    expect(await client.reverse(reverse)).toEqual({ orderStatus: 'SUCCESS' });
    await expect(client.reverse({ ...reverse, reverseOrderNo: 'r-2' })).rejects.toEqual(refusal(6105));
    expect(venue.depositOf(AGENT)).toBe('1000');
    expect((await client.queryOrder({ orderNo: 'in-1', orderType: 'TRANSFER_IN' })).status).toBe('REVERSED');
  });

  it('lists orders by page and filter', async () => {
    const { client } = partner;
    for (const number of [1, 2, 3]) await client.transfer(transferIn('1', `in-${number}`));
    await client.transferAllOut({ agentOrderNo: 'all-1', agentUserId: 'alice' });
    const second = await client.listOrders({ page: 2, pageSize: 3 });
    expect(second).toMatchObject({ total: 4, page: 2, pageSize: 3 });
    expect(second.orders.map(({ orderNo }) => orderNo)).toEqual(['in-1']);
    expect(second.orders[0]).not.toHaveProperty('orderType');
    expect((await client.listOrders({ orderType: 'TRANSFER_OUT' })).total).toBe(1);
    expect((await client.listOrders({ status: 'FAILED' })).orders).toEqual([]);
    expect(
      (await client.listOrders({ startTime: '2020-01-01T00:00:00Z', endTime: '2020-01-02T00:00:00Z' })).total,
    ).toBe(0);
    expect(await client.listOrders()).toMatchObject({ total: 4, page: 1, pageSize: 20 });
  });

  it('asks for the account and for a user’s assets, with funding only when asked', async () => {
    const { client, platformUserId } = partner;
    await client.transfer(transferIn('5'));
    await client.walletTransfer({
      agentOrderNo: 'w-1',
      agentUserId: 'alice',
      direction: 'PARTNER_TO_FUNDING',
      amount: '2',
    });
    expect(await client.queryAccount()).toEqual({
      agentCode: AGENT,
      agentStatus: 'ACTIVE',
      assets: [{ currency: 'USDT', depositBalance: '993' }],
    });
    const plain = await client.queryUserAssets({ platformUserId });
    expect(plain).toMatchObject({ walletBalance: '5', availableBalance: '5', version: 2 });
    expect(plain).not.toHaveProperty('funding');
    const { funding } = await client.queryUserAssets({ platformUserId, includeFunding: true });
    expect(funding).toEqual({
      assetCode: 'USDT',
      availableAmount: '2',
      heldAmount: '0',
      totalAmount: '2',
      materialized: true,
    });
  });

  it('moves money between the wallets', async () => {
    const { client, venue, platformUserId } = partner;
    const move = { agentUserId: 'alice' };
    await client.walletTransfer({ ...move, agentOrderNo: 'w-1', direction: 'PARTNER_TO_FUNDING', amount: '10' });
    const all = await client.walletTransfer({
      ...move,
      agentOrderNo: 'w-2',
      direction: 'FUNDING_TO_CONTRACT',
      transferAll: true,
    });
    expect(all).toEqual({
      orderNo: 'w-2',
      status: 'SUCCESS',
      direction: 'FUNDING_TO_CONTRACT',
      currency: 'USDT',
      amount: '10',
      transferAll: true,
      agentUserId: 'alice',
      platformUserId,
      resultCode: '',
    });
    await client.walletTransfer({ ...move, agentOrderNo: 'w-3', direction: 'CONTRACT_TO_FUNDING', amount: '4' });
    await client.walletTransfer({ ...move, agentOrderNo: 'w-4', direction: 'FUNDING_TO_PARTNER', amount: '1' });
    expect(venue.walletsOf(ALICE)).toEqual({ contract: '6', funding: '3' });
    expect(venue.depositOf(AGENT)).toBe('991');
    expect(await client.walletTransferStatus({ agentOrderNo: 'w-2' })).toEqual(all);
    await expect(client.walletTransferStatus({ agentOrderNo: 'none' })).rejects.toEqual(refusal(6101));
  });

  it('sets credentials and disables a user', async () => {
    const { client } = partner;
    const credentials = { agentUserId: 'alice', username: 'alice-login', password: 'correct horse' };
    expect(await client.setCredentials(credentials)).toEqual({ username: 'alice-login' });
    expect(await client.disableUser({ agentUserId: 'alice', disabled: true })).toEqual({ userStatus: 'DISABLED' });
    await expect(client.createEmbedToken({ agentUserId: 'alice', channelId: 'c' })).rejects.toEqual(refusal(6009));
    expect(await client.disableUser({ agentUserId: 'alice', disabled: false })).toEqual({ userStatus: 'ACTIVE' });
  });

  it('reads the events from where it stopped', async () => {
    const { client, platformUserId } = partner;
    await client.transfer(transferIn('1', 'in-1'));
    await client.transfer(transferIn('2', 'in-2'));
    const first = await client.events({ afterSeq: 0, limit: 1 });
    expect(first.lastSeq).toBe(1);
    const rest = await client.events({ afterSeq: first.lastSeq });
    expect(rest.events).toMatchObject([{ seq: 2, event: 'transfer.completed', orderNo: 'in-2', platformUserId }]);
    expect(await client.events({ afterSeq: rest.lastSeq })).toEqual({ events: [], lastSeq: 2 });
  });

  it('makes entry URLs and embed tokens', async () => {
    const { client, venue } = partner;
    const nowSeconds = Date.now() / 1000;
    const entry = await client.createEntryUrl({
      agentUserId: 'alice',
      redirectPath: '/trade/ETHUSDT',
      returnUrl: 'https://partner.example/back',
    });
    expect(entry.webUrl.startsWith(`${venue.baseUrl}/agent-entry?ticket=`)).toBe(true);
    const embed = await client.createEmbedToken({ agentUserId: 'alice', channelId: 'c-1', symbol: 'BTCUSDT' });
    expect(embed.embedToken).not.toBe('');
    expect(embed.expireAt - nowSeconds).toBeGreaterThan(50);
    expect(embed.expireAt - nowSeconds).toBeLessThan(70);
  });

  it('lists fiat currencies and their rates', async () => {
    const { client } = partner;
    const { targetCurrency, sourceCurrencies } = await client.listSupportedFiatCurrencies();
    expect(targetCurrency).toBe('USDT');
    const all = await client.queryExchangeRates();
    expect(all.rates.map(({ sourceCurrency }) => sourceCurrency)).toEqual(sourceCurrencies);
    const { rates } = await client.queryExchangeRates({ sourceCurrencies: ['EUR'] });
    expect(rates).toEqual([{ sourceCurrency: 'EUR', targetCurrency: 'USDT', rate: '1.250000000000000000' }]);
    await expect(client.queryExchangeRates({ sourceCurrencies: ['XXX'] })).rejects.toEqual(refusal(102002));
  });

  it('says what a wallet lacks, and moves all of nothing', async () => {
    const { client } = partner;
    const move = { agentOrderNo: 'w-1', agentUserId: 'alice', direction: 'FUNDING_TO_CONTRACT', amount: '1' } as const;
    expect(await client.walletTransfer(move)).toMatchObject({ status: 'FAILED', resultCode: 'INSUFFICIENT_FUNDING' });
    const all = await client.transferAllOut({ agentOrderNo: 'all-1', agentUserId: 'alice' });
    expect(all).toMatchObject({ orderStatus: 'SUCCESS', amount: '0' });
  });

  it('refuses a name that another user signs in with', async () => {
    const { client } = partner;
    await client.bind({ agentUserId: 'bob' });
    await client.setCredentials({ agentUserId: 'bob', username: 'trader', password: 'p' });
    const taken = client.setCredentials({ agentUserId: 'alice', username: 'TRADER', password: 'p' });
    await expect(taken).rejects.toEqual(refusal(102002));
  });

  it.each([
    [6101, () => partner.client.queryOrder({ orderNo: 'none', orderType: 'TRANSFER_IN' })],
    [6103, () => partner.client.transfer({ ...transferIn('1'), agentUserId: 'nobody' })],
    [6009, () => partner.client.queryUserAssets({ platformUserId: '0000000000' })],
    [102002, () => partner.client.listOrders({ environment: 'SIMULATED' })],
  ])('gives refusal %i with its words', async (code, call) => {
    const error: unknown = await call().catch((caught: unknown) => caught);
    expect(error).toEqual(refusal(code));
    expect(error).toMatchObject({ requestId: expect.stringMatching(/.+/), reason: expect.stringMatching(/.+/) });
  });

  it('refuses 6102 for other content and 6104 for ids of two users', async () => {
    const { client, platformUserId } = partner;
    await client.transfer(transferIn('1'));
    await expect(client.transfer(transferIn('2'))).rejects.toEqual(refusal(6102));
    await client.bind({ agentUserId: 'bob' });
    const mixed = { ...transferIn('1', 'in-2'), agentUserId: 'bob', platformUserId };
    await expect(client.transfer(mixed)).rejects.toEqual(refusal(6104));
  });

  it('sends nothing when an argument is wrong', async () => {
    const { client, venue } = partner;
    const before = venue.requests.length;
    const bad = <T>(value: unknown): T => value as T;
    const wallet = { agentOrderNo: 'w', agentUserId: 'alice' };
    const calls: readonly (() => Promise<unknown>)[] = [
      () => client.transfer(bad({ ...transferIn('1'), amount: 1 })),
      () => client.transfer(transferIn('1e3')),
      () => client.transfer(transferIn('0')),
      () => client.transfer(transferIn('1', '')),
      () => client.transfer(transferIn('1', 'x'.repeat(65))),
      () => client.transfer(bad({ agentOrderNo: 'n', direction: 'IN', amount: '1' })),
      () => client.transfer(bad({ ...transferIn('1'), direction: 'SIDEWAYS' })),
      () => client.transferAllOut(bad({ agentOrderNo: 'n' })),
      () => client.reverse({ origOrderNo: 'a', reverseOrderNo: 'b', reverseReason: '' }),
      () => client.walletTransfer(bad({ ...wallet, direction: 'PARTNER_TO_FUNDING', transferAll: true })),
      () => client.walletTransfer(bad({ ...wallet, direction: 'FUNDING_TO_CONTRACT', transferAll: true, amount: '1' })),
      () => client.walletTransfer(bad({ ...wallet, direction: 'FUNDING_TO_CONTRACT' })),
      () => client.walletTransfer(bad({ ...wallet, direction: 'PARTNER_TO_FUNDING', amount: 5 })),
      () => client.listOrders({ pageSize: 101 }),
      () => client.listOrders({ page: 0 }),
      () => client.events({ afterSeq: -1 }),
      () => client.disableUser(bad({ agentUserId: 'alice', disabled: 'yes' })),
      () => client.createEntryUrl({ agentUserId: 'alice', redirectPath: '//evil.example' }),
      () => client.createEntryUrl({ agentUserId: 'alice', redirectPath: '/\\evil.example' }),
      () => client.createEntryUrl({ agentUserId: 'alice', returnUrl: 'https://user:pass@partner.example' }),
      () => client.createEntryUrl({ agentUserId: 'alice', returnUrl: 'javascript:alert(1)' }),
      () => client.createEmbedToken({ agentUserId: 'alice', channelId: 'c'.repeat(129) }),
      () => client.queryPerpetual('trades', { platformUserIds: [] }),
      () => client.queryPerpetual('trades', { limit: 1001 }),
      () => client.bind({ agentUserId: 'alice', ext: Number.NaN }),
      () => client.waitForOrder('n', { timeoutMs: -1 }),
    ];
    for (const call of calls) {
      const error: unknown = await call().catch((caught: unknown) => caught);
      expect(error instanceof TypeError || error instanceof RangeError, `${call}`).toBe(true);
    }
    expect(venue.requests.length).toBe(before);
  });
});

describe('options of the client', () => {
  const good = { baseUrl: 'https://venue.example', agentCode: AGENT, apiSecret: SECRET };

  it.each([
    { baseUrl: 'venue.example' },
    { baseUrl: 'http://venue.example' },
    { baseUrl: 'ftp://venue.example' },
    { baseUrl: 'https://user:pass@venue.example' },
    { baseUrl: 'https://venue.example/?a=1' },
    { agentCode: '' },
    { apiSecret: '' },
    { timeoutMs: 0 },
    { maxAttempts: 0 },
    { maxAttempts: 21 },
  ])('refuses %o', (options) => {
    expect(() => createAgentClient({ ...good, ...options })).toThrow();
  });

  it('allows plain http on a private network when told so', () => {
    expect(() => createAgentClient({ ...good, baseUrl: 'http://venue:8080', allowInsecureHttp: true })).not.toThrow();
  });
});
