import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAgentClient } from '../client.ts';
import type { AgentClient } from '../index.ts';
import { type Fields, signPayload } from '../signing.ts';
import { AGENT, ALICE, type Partner, SECRET, startPartner } from '../testing/partner.ts';
import { TestClock } from '../testing/test-clock.ts';
import { type VerifiedWebhook, verifyWebhook } from '../webhook/verify.ts';
import { FakeAgent, MAX_NONCES, MAX_SECRETS, MAX_USERS } from './agents.ts';
import { MAX_AGENTS, MAX_BODY_BYTES } from './fake-venue.ts';
import { FaultQueue, MAX_FAULTS } from './faults.ts';
import { MAX_DELIVERY_ATTEMPTS } from './webhook-sender.ts';

let partner: Partner;
beforeEach(async () => {
  // The pauses between deliveries end at once.
  partner = await startPartner({ venue: { clock: new TestClock({ instantUpToMs: 2_000 }) } });
});
afterEach(() => partner.venue.close());

let lastNonce = 0;

/** Fields of a signed query-account call. */
function signed(changes: Fields = {}, secret = SECRET): Fields {
  lastNonce += 1;
  const timestamp = Math.floor(Date.now() / 1000);
  const fields = { agentCode: AGENT, timestamp, nonce: `n-${lastNonce}`, ...changes };
  return { ...fields, sign: signPayload(fields, secret) };
}

async function post(body: string, path = '/v1/agent/query-account'): Promise<{ status: number; code?: number }> {
  const response = await fetch(`${partner.venue.baseUrl}${path}`, { method: 'POST', body });
  const text = await response.text();
  return response.status === 200 ? { status: 200, code: JSON.parse(text).code } : { status: response.status };
}

describe('who may call the fake venue', () => {
  it.each([
    ['a good call', 0, () => signed()],
    ['an unknown field that is signed', 0, () => signed({ more: [1, { a: '' }] })],
    ['another secret', 6001, () => signed({}, 'wrong')],
    ['an unknown agent', 6001, () => signed({ agentCode: 'other' })],
    ['a field changed after signing', 6001, () => ({ ...signed({ currency: 'USDT' }), currency: 'USD' })],
    ['a field added after signing', 6001, () => ({ ...signed(), more: 0 })],
    ['an empty field added after signing', 0, () => ({ ...signed(), more: '' })],
    ['no sign', 102001, () => ({ ...signed(), sign: undefined })],
    ['no nonce', 102001, () => signed({ nonce: undefined })],
    ['a timestamp in milliseconds', 6003, () => signed({ timestamp: Date.now() })],
    ['an old timestamp', 6003, () => signed({ timestamp: Math.floor(Date.now() / 1000) - 310 })],
    ['a timestamp in a string', 102002, () => signed({ timestamp: '1769676656' })],
  ])('%s: %i', async (_title, code, body) => {
    expect(await post(JSON.stringify(body()))).toEqual({ status: 200, code });
  });

  it('takes a nonce once, and not before the signature held', async () => {
    const body = signed();
    expect(await post(JSON.stringify({ ...body, sign: '0'.repeat(64) }))).toMatchObject({ code: 6001 });
    expect(await post(JSON.stringify(body))).toMatchObject({ code: 0 });
    expect(await post(JSON.stringify(body))).toMatchObject({ code: 6004 });
  });

  it('refuses a disabled agent, and takes both secrets of a rotation', async () => {
    const { venue } = partner;
    venue.setSecrets(AGENT, ['new', SECRET]);
    expect(await post(JSON.stringify(signed({}, 'new')))).toMatchObject({ code: 0 });
    expect(await post(JSON.stringify(signed()))).toMatchObject({ code: 0 });
    venue.setSecrets(AGENT, ['new']);
    expect(await post(JSON.stringify(signed()))).toMatchObject({ code: 6001 });
    venue.setAgentDisabled(AGENT, true);
    expect(await post(JSON.stringify(signed({}, 'new')))).toMatchObject({ code: 6002 });
  });

  it('keeps agents apart', async () => {
    const { venue, platformUserId } = partner;
    venue.addAgent({ agentCode: 'rival', apiSecret: 'rival' });
    const rival = createAgentClient({ baseUrl: venue.baseUrl, agentCode: 'rival', apiSecret: 'rival' });
    await partner.client.transfer({ agentOrderNo: 'n', agentUserId: 'alice', direction: 'IN', amount: '1' });
    await expect(rival.queryUserAssets({ platformUserId })).rejects.toMatchObject({ code: 6009 });
    const steal = { agentOrderNo: 's', platformUserId, direction: 'OUT', amount: '1' } as const;
    await expect(rival.transfer(steal)).rejects.toMatchObject({ code: 6009 });
    await expect(rival.queryOrder({ orderNo: 'n', orderType: 'TRANSFER_IN' })).rejects.toMatchObject({ code: 6101 });
    expect((await rival.bind({ agentUserId: 'alice' })).platformUserId).not.toBe(platformUserId);
  });

  it('answers 404 for another path, 413 for a large body and 102002 for no JSON', async () => {
    expect(await post(JSON.stringify(signed()), '/v1/agent/other')).toEqual({ status: 404 });
    expect(await post(' '.repeat(MAX_BODY_BYTES + 1))).toEqual({ status: 413 });
    expect(await post(' '.repeat(MAX_BODY_BYTES))).toEqual({ status: 200, code: 102002 });
  });
});

describe('limits of the fake venue', () => {
  it('holds nonces up to the limit and then refuses, until old ones expire', () => {
    const agent = new FakeAgent(AGENT, [SECRET], 0n);
    for (let nonce = 0; nonce < MAX_NONCES; nonce += 1) agent.useNonce(String(nonce), { nowMs: 0, expiresAtMs: 10 });
    const next = { nowMs: 9, expiresAtMs: 20 };
    expect(() => agent.useNonce('next', next)).toThrow(expect.objectContaining({ code: 6904 }));
    agent.useNonce('next', { ...next, nowMs: 10 });
  });

  it('holds users, agents, secrets and faults up to their limits', () => {
    const agent = new FakeAgent(AGENT, [SECRET], 0n);
    for (let user = 0; user < MAX_USERS; user += 1) agent.bind(String(user));
    expect(() => agent.bind('next')).toThrow(expect.objectContaining({ code: 6904 }));
    agent.bind('0');
    const faults = new FaultQueue();
    for (let fault = 0; fault < MAX_FAULTS; fault += 1) faults.add({ kind: 'lose-reply' });
    expect(() => faults.add({ kind: 'lose-reply' })).toThrow(RangeError);
    const { venue } = partner;
    for (let code = 1; code < MAX_AGENTS; code += 1) venue.addAgent({ agentCode: `a-${code}`, apiSecret: 's' });
    expect(() => venue.addAgent({ agentCode: 'next', apiSecret: 's' })).toThrow(RangeError);
    expect(() => venue.setSecrets(AGENT, Array(MAX_SECRETS + 1).fill('s'))).toThrow(RangeError);
  });
});

describe('webhooks of the fake venue', () => {
  let url: string;
  let statuses: number[];
  let received: VerifiedWebhook[];
  const secrets = [SECRET];
  const endpoint = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      verifyWebhook({ headers: request.headers, rawBody: Buffer.concat(chunks), secrets }).then(
        (webhook) => {
          received.push(webhook);
          response.writeHead(statuses.shift() ?? 200).end();
        },
        () => response.writeHead(400).end(),
      );
    });
  });

  beforeEach(async () => {
    statuses = [];
    received = [];
    await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/hook`;
    partner.venue.setWebhookUrl(AGENT, url);
  });
  afterEach(async () => {
    const closed = new Promise((resolve) => endpoint.close(resolve));
    endpoint.closeAllConnections();
    await closed;
  });

  const transferIn = (client: AgentClient, amount = '1') =>
    client.transfer({ agentOrderNo: 'in', agentUserId: 'alice', direction: 'IN', amount });

  it('tell what became of transfers and reverses', async () => {
    const { client, venue } = partner;
    await transferIn(client);
    await client.reverse({ origOrderNo: 'in', reverseOrderNo: 'r', reverseReason: 'test' });
    await client.transfer({ agentOrderNo: 'big', agentUserId: 'alice', direction: 'OUT', amount: '5' });
    venue.inject({ kind: 'processing', outcome: 'DEAD' });
    await client.transfer({ agentOrderNo: 'dead', agentUserId: 'alice', direction: 'IN', amount: '5' });
    venue.resolveOrder(AGENT, 'dead');
    await venue.webhooksIdle();
    const told = received.map(({ event }) => `${event.event} ${event.orderNo} ${event.targetStatus}`).sort();
    expect(told).toEqual([
      'reverse.completed r SUCCESS',
      'transfer.completed big FAILED',
      'transfer.completed in REVERSED',
      'transfer.completed in SUCCESS',
      'transfer.dead dead DEAD',
    ]);
    const events = await client.events({ afterSeq: 0 });
    expect(events.events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
  });

  it('come again, signed anew, until they are taken, and per order in order', async () => {
    const { client, venue } = partner;
    statuses = [500, 302];
    await transferIn(client);
    await client.reverse({ origOrderNo: 'in', reverseOrderNo: 'r', reverseReason: 'test' });
    await venue.webhooksIdle();
    const ofTransfer = received.filter(({ event }) => event.orderType === 'transfer');
    const keys = ofTransfer.map(({ idempotencyKey }) => idempotencyKey);
    expect(keys.lastIndexOf('transfer:1:SUCCESS')).toBeLessThan(keys.indexOf('transfer:1:REVERSED'));
    expect(received.length).toBe(5);
  });

  it('are given up after bounded attempts, and can be sent again by hand', async () => {
    const { client, venue } = partner;
    statuses = Array(MAX_DELIVERY_ATTEMPTS).fill(503);
    await transferIn(client);
    await venue.webhooksIdle();
    expect(venue.deliveries.map(({ status }) => status)).toEqual(Array(MAX_DELIVERY_ATTEMPTS).fill(503));
    venue.redeliver(1);
    await venue.webhooksIdle();
    expect(venue.deliveries.at(-1)).toEqual({ seq: 1, attempt: 1, status: 200 });
    expect(new Set(received.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
  });

  it('follow the secret', async () => {
    const { client, venue } = partner;
    venue.setSecrets(AGENT, ['new', SECRET]);
    statuses = [];
    await transferIn(client);
    await venue.webhooksIdle();
    expect(received).toEqual([]);
    secrets.unshift('new');
    venue.redeliver(1);
    await venue.webhooksIdle();
    secrets.shift();
    expect(received.length).toBe(1);
  });
});

describe('money in the fake venue', () => {
  it('is neither made nor lost', async () => {
    const { client, venue } = partner;
    venue.setContractBalance(ALICE, '0.3');
    const user = { agentUserId: 'alice' };
    await client.transfer({ ...user, agentOrderNo: '1', direction: 'IN', amount: '0.1' });
    await client.walletTransfer({ ...user, agentOrderNo: '2', direction: 'CONTRACT_TO_FUNDING', amount: '0.15' });
    await client.transferAllOut({ ...user, agentOrderNo: '3' });
    await client.reverse({ origOrderNo: '1', reverseOrderNo: '4', reverseReason: 'no money left' });
    expect(venue.depositOf(AGENT)).toBe('1000.15');
    expect(venue.walletsOf(ALICE)).toEqual({ contract: '0', funding: '0.15' });
    expect((await client.queryOrder({ orderNo: '1', orderType: 'TRANSFER_IN' })).status).toBe('SUCCESS');
  });

  it('is moved once by a hundred calls at a time', async () => {
    const { client, venue } = partner;
    const call = { agentOrderNo: 'n', agentUserId: 'alice', direction: 'IN', amount: '1' } as const;
    const replies = await Promise.all(Array.from({ length: 100 }, () => client.transfer(call)));
    expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1);
    expect(venue.depositOf(AGENT)).toBe('999');
  });

  it('is moved by one of two reverses that were both held up', async () => {
    const { client, venue } = partner;
    await client.transfer({ agentOrderNo: 'in', agentUserId: 'alice', direction: 'IN', amount: '1' });
    venue.setContractBalance(ALICE, '5');
    venue.inject({ kind: 'processing', times: 2 });
    for (const reverseOrderNo of ['r-1', 'r-2']) {
      const reply = await client.reverse({ origOrderNo: 'in', reverseOrderNo, reverseReason: 'test' });
      expect(reply.orderStatus).toBe('PROCESSING');
    }
    venue.resolveOrder(AGENT, 'r-1');
    venue.resolveOrder(AGENT, 'r-2');
    expect(venue.walletsOf(ALICE).contract).toBe('4');
    const again = await client.reverse({ origOrderNo: 'in', reverseOrderNo: 'r-2', reverseReason: 'test' });
    expect(again.orderStatus).toBe('FAILED');
  });

  it('leaves no timer behind when the venue closes', async () => {
    const clock = new TestClock({ instantUpToMs: 0 });
    const other = await startPartner({ venue: { clock } });
    other.venue.inject({ kind: 'processing', forMs: 1_000 });
    await other.client.transfer({ agentOrderNo: 'n', agentUserId: 'alice', direction: 'IN', amount: '1' });
    expect(clock.pendingTimers).toBe(1);
    await other.venue.close();
    expect(clock.pendingTimers).toBe(0);
  });
});
