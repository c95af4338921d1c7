import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AgentClient } from './agent-client.ts';
import { createAgentClient } from './client.ts';
import { OutcomeUnknownError, RefusedError, StillProcessingError, UnavailableError } from './errors.ts';
import type { Fault } from './fake-venue/index.ts';
import { AGENT, ALICE, type Partner, pathsOf, SECRET, startPartner } from './testing/partner.ts';
import { TestClock } from './testing/test-clock.ts';

let partner: Partner;
beforeEach(async () => {
  partner = await startPartner();
});
afterEach(() => partner.venue.close());

/** Each call that moves money, from a state in which it moves 10 USDT, and what tells that it did so once. */
const MOVES = [
  {
    name: 'transfer in',
    path: 'transfer',
    question: ['query-order'],
    prepare: async () => undefined,
    move: (client: AgentClient) =>
      client.transfer({ agentOrderNo: 'm', agentUserId: 'alice', direction: 'IN', amount: '10' }),
    effect: { deposit: '990', contract: '10', funding: '0' },
  },
  {
    name: 'transfer out',
    path: 'transfer',
    question: ['query-order'],
    prepare: async (client: AgentClient) =>
      client.transfer({ agentOrderNo: 'p', agentUserId: 'alice', direction: 'IN', amount: '30' }),
    move: (client: AgentClient) =>
      client.transfer({ agentOrderNo: 'm', agentUserId: 'alice', direction: 'OUT', amount: '10.0' }),
    effect: { deposit: '980', contract: '20', funding: '0' },
  },
  {
    name: 'transfer all out',
    path: 'transfer-all-out',
    question: ['query-order'],
    prepare: async (client: AgentClient) =>
      client.transfer({ agentOrderNo: 'p', agentUserId: 'alice', direction: 'IN', amount: '10' }),
    move: (client: AgentClient) => client.transferAllOut({ agentOrderNo: 'm', agentUserId: 'alice' }),
    effect: { deposit: '1000', contract: '0', funding: '0' },
  },
  {
    name: 'reverse of a transfer out',
    path: 'reverse',
    question: ['query-order', 'query-order'],
    prepare: async (client: AgentClient) => {
      await client.transfer({ agentOrderNo: 'p', agentUserId: 'alice', direction: 'IN', amount: '10' });
      await client.transfer({ agentOrderNo: 'q', agentUserId: 'alice', direction: 'OUT', amount: '10' });
    },
    move: (client: AgentClient) => client.reverse({ origOrderNo: 'q', reverseOrderNo: 'm', reverseReason: 'test' }),
    effect: { deposit: '990', contract: '10', funding: '0' },
  },
  {
    name: 'wallet transfer',
    path: 'wallet-transfer',
    question: ['wallet-transfer-status'],
    prepare: async () => undefined,
    move: (client: AgentClient) =>
      client.walletTransfer({ agentOrderNo: 'm', agentUserId: 'alice', direction: 'PARTNER_TO_FUNDING', amount: '10' }),
    effect: { deposit: '990', contract: '0', funding: '10' },
  },
] as const;

const BEFORE_EFFECT: readonly Fault[] = [
  { kind: 'lose-request' },
  { kind: 'status', status: 500, when: 'before' },
  { kind: 'status', status: 503, when: 'before' },
  { kind: 'status', status: 200, when: 'before' },
  { kind: 'refuse', code: 6004, message: 'nonce reused' },
];
const AFTER_EFFECT: readonly Fault[] = [
  { kind: 'lose-reply' },
  { kind: 'cut-reply' },
  { kind: 'status', status: 502, when: 'after' },
];

function effect(): unknown {
  return { deposit: partner.venue.depositOf(AGENT), ...partner.venue.walletsOf(ALICE) };
}

describe.each(MOVES)('$name', ({ path, question, prepare, move, effect: expected }) => {
  const fullPath = `/v1/agent/${path}`;
  let reference: unknown;

  beforeEach(async () => {
    await prepare(partner.client);
    const other = await startPartner();
    await prepare(other.client);
    const { platformUserId } = partner;
    const reply = await move(other.client);
    reference = 'platformUserId' in reply ? { ...reply, platformUserId } : reply;
    await other.venue.close();
  });

  it.each(BEFORE_EFFECT)('asks, then repeats with the same number after $kind $status', async (fault) => {
    const prepared = pathsOf(partner.venue).length;
    partner.venue.inject({ ...fault, path: fullPath });
    expect(await move(partner.client)).toEqual(reference);
    expect(effect()).toEqual(expected);
    expect(pathsOf(partner.venue).slice(prepared)).toEqual([path, ...question, path]);
  });

  it.each(AFTER_EFFECT)('has one effect after $kind $status', async (fault) => {
    const prepared = pathsOf(partner.venue).length;
    partner.venue.inject({ ...fault, path: fullPath });
    expect(await move(partner.client)).toEqual(reference);
    expect(effect()).toEqual(expected);
    const repeats = path === 'reverse' ? [path] : [];
    expect(pathsOf(partner.venue).slice(prepared)).toEqual([path, ...question, ...repeats]);
    expect(await move(partner.client)).toEqual(reference);
    expect(effect()).toEqual(expected);
  });

  it('has one effect when the call is doubled on the way and the answer is the second copy’s', async () => {
    const doubling = createAgentClient({
      baseUrl: partner.venue.baseUrl,
      agentCode: AGENT,
      apiSecret: SECRET,
      clock: partner.clock,
      fetch: async (url, init) => {
        if (String(url).endsWith(fullPath)) await (await fetch(url, init)).text();
        return fetch(url, init);
      },
    });
    const outcome = await move(doubling).catch((error: unknown) => error);
    // A reverse has no question of its own that could end the doubt.
    if (path === 'reverse') expect(outcome).toBeInstanceOf(OutcomeUnknownError);
    else expect(outcome).toEqual(reference);
    expect(effect()).toEqual(expected);
  });

  it('has one effect when answers are lost again and again, also those to the questions', async () => {
    partner.venue.inject({ kind: 'lose-reply', times: 3 });
    expect(await move(partner.client)).toEqual(reference);
    expect(effect()).toEqual(expected);
  });

  it('gives up with an unknown outcome after bounded attempts, and the same call later succeeds', async () => {
    partner.venue.inject({ kind: 'lose-reply', times: 1_000 });
    const error: unknown = await move(partner.client).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect(error).toMatchObject({ orderNo: 'm', path: fullPath, cause: expect.any(Error) });
    expect(partner.clock.pauses.length).toBe(3);
    partner.venue.clearFaults();
    expect(await move(partner.client)).toEqual(reference);
    expect(effect()).toEqual(expected);
  });

  it('repeats after 6904, which recorded nothing, and reports it when it stays', async () => {
    partner.venue.inject({ path: fullPath, kind: 'refuse', code: 6904, message: 'later', times: 3 });
    expect(await move(partner.client)).toEqual(reference);
    partner.venue.inject({ path: fullPath, kind: 'refuse', code: 6904, message: 'later', times: 4 });
    await expect(move(partner.client)).rejects.toMatchObject({ constructor: RefusedError, code: 6904 });
    expect(effect()).toEqual(expected);
  });

  it('does not call it refused when only the repeat was refused', async () => {
    partner.venue.inject({ path: fullPath, kind: 'lose-request' });
    partner.venue.inject({ path: fullPath, kind: 'refuse', code: 6002, message: 'agent disabled' });
    const error: unknown = await move(partner.client).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ constructor: OutcomeUnknownError, cause: { constructor: RefusedError, code: 6002 } });
  });

  it('calls it refused when the refusal meets every copy of the call', async () => {
    partner.venue.inject({ path: fullPath, kind: 'lose-request' });
    partner.venue.inject({ path: fullPath, kind: 'refuse', code: 102003, message: 'out of range' });
    await expect(move(partner.client)).rejects.toMatchObject({ constructor: RefusedError, code: 102003 });
  });

  it('does not repeat what cannot succeed, such as a wrong address', async () => {
    const prepared = pathsOf(partner.venue).length;
    partner.venue.inject({ kind: 'status', status: 404, when: 'before', times: 1_000 });
    await expect(move(partner.client)).rejects.toBeInstanceOf(OutcomeUnknownError);
    expect(
      pathsOf(partner.venue)
        .slice(prepared)
        .filter((sent) => sent === path),
    ).toEqual([path]);
    expect(partner.clock.pauses).toEqual([]);
  });

  it('has one effect when the first call arrives after its repeat', async () => {
    const venueClock = new TestClock({ instantUpToMs: 0 });
    const slow = await startPartner({ venue: { clock: venueClock } });
    await prepare(slow.client);
    slow.venue.inject({ path: fullPath, kind: 'delay', delayMs: 20_000, when: 'before' });
    const moving = move(slow.client);
    await vi.waitFor(() => expect(venueClock.pendingTimers).toBe(1));
    slow.clock.advance(10_000);
    await moving;
    const once = { deposit: slow.venue.depositOf(AGENT), ...slow.venue.walletsOf(ALICE) };
    expect(once).toEqual(expected);
    const { transfer } = slow.client;
    venueClock.advance(20_000);
    await transfer({ agentOrderNo: 'fence', agentUserId: 'alice', direction: 'IN', amount: '1000000' });
    expect({ deposit: slow.venue.depositOf(AGENT), ...slow.venue.walletsOf(ALICE) }).toEqual(expected);
    await slow.venue.close();
  });
});

describe('an order number that is taken', () => {
  it('is told as 6102, not taken for our own, when the answer was lost', async () => {
    const { client, venue } = partner;
    const taken = { agentOrderNo: 'm', agentUserId: 'alice', direction: 'IN' } as const;
    await client.transfer({ ...taken, amount: '1' });
    venue.inject({ path: '/v1/agent/transfer', kind: 'lose-reply' });
    await expect(client.transfer({ ...taken, amount: '2' })).rejects.toMatchObject({ code: 6102 });
    await client.walletTransfer({
      agentOrderNo: 'w',
      agentUserId: 'alice',
      direction: 'PARTNER_TO_FUNDING',
      amount: '1',
    });
    venue.inject({ path: '/v1/agent/wallet-transfer', kind: 'lose-reply' });
    const other = { agentOrderNo: 'w', agentUserId: 'alice', direction: 'PARTNER_TO_FUNDING', amount: '2' } as const;
    await expect(client.walletTransfer(other)).rejects.toMatchObject({ code: 6102 });
  });

  it('is told as 6105 when another reverse was faster', async () => {
    const { client, venue } = partner;
    await client.transfer({ agentOrderNo: 'in', agentUserId: 'alice', direction: 'IN', amount: '1' });
    const reverse = { origOrderNo: 'in', reverseOrderNo: 'r-1', reverseReason: 'test' };
    await client.reverse(reverse);
    venue.inject({ path: '/v1/agent/reverse', kind: 'lose-reply' });
    await expect(client.reverse({ ...reverse, reverseOrderNo: 'r-2' })).rejects.toMatchObject({ code: 6105 });
  });
});

describe('calls that move no money', () => {
  it('are repeated until there is an answer', async () => {
    partner.venue.inject({ kind: 'lose-reply' });
    partner.venue.inject({ kind: 'status', status: 500, when: 'before' });
    partner.venue.inject({ kind: 'refuse', code: 6904, message: 'later' });
    expect((await partner.client.queryAccount()).agentCode).toBe(AGENT);
    expect(pathsOf(partner.venue)).toEqual(Array(4).fill('query-account'));
    const [first = 0, second = 0, third = 0] = partner.clock.pauses;
    expect(first >= 100 && first <= 200 && second >= 200 && second <= 400 && third >= 400 && third <= 800).toBe(true);
  });

  it('are unavailable after bounded attempts', async () => {
    partner.venue.inject({ kind: 'lose-request', times: 1_000 });
    await expect(partner.client.bind({ agentUserId: 'bob' })).rejects.toBeInstanceOf(UnavailableError);
    expect(pathsOf(partner.venue)).toEqual(Array(4).fill('bind'));
  });

  it('are not repeated after any other refusal or a wrong address', async () => {
    partner.venue.inject({ kind: 'refuse', code: 6905, message: 'quota' });
    await expect(partner.client.queryAccount()).rejects.toMatchObject({ code: 6905 });
    partner.venue.inject({ kind: 'status', status: 404, when: 'before' });
    await expect(partner.client.queryAccount()).rejects.toBeInstanceOf(UnavailableError);
    expect(pathsOf(partner.venue)).toEqual(Array(2).fill('query-account'));
  });

  it('end when the venue does not answer in time', async () => {
    const venueClock = new TestClock({ instantUpToMs: 0 });
    const slow = await startPartner({ venue: { clock: venueClock }, client: { maxAttempts: 1 } });
    slow.venue.inject({ kind: 'delay', delayMs: 60_000, when: 'after' });
    const asking = slow.client.queryAccount();
    const outcome = expect(asking).rejects.toMatchObject({
      constructor: UnavailableError,
      cause: { name: 'TimeoutError' },
    });
    await vi.waitFor(() => expect(venueClock.pendingTimers).toBe(1));
    slow.clock.advance(10_000);
    await outcome;
    await slow.venue.close();
  });

  it('keep the secret and the password out of every error', async () => {
    const { venue, client } = partner;
    venue.inject({ kind: 'lose-reply', times: 1_000 });
    const call = client.setCredentials({ agentUserId: 'alice', username: 'alice', password: 'hunter-two' });
    const error: unknown = await call.catch((caught: unknown) => caught);
    const { inspect } = await import('node:util');
    expect(inspect(error, { depth: 10, showHidden: true })).not.toMatch(/hunter-two|acme-secret/);
    expect(inspect(client, { depth: 10, showHidden: true })).not.toContain('acme-secret');
  });
});

describe('waiting for an order', () => {
  const held = { agentOrderNo: 'm', agentUserId: 'alice', direction: 'IN', amount: '10' } as const;

  it('polls until it is resolved', async () => {
    const { client, venue } = partner;
    venue.inject({ kind: 'processing' });
    expect((await client.transfer(held)).orderStatus).toBe('PROCESSING');
    expect(venue.depositOf(AGENT)).toBe('1000');
    const waiting = client.waitForOrder('m', { timeoutMs: 3_600_000 });
    await vi.waitFor(() => expect(pathsOf(venue).length).toBeGreaterThan(3));
    venue.resolveOrder(AGENT, 'm');
    expect(await waiting).toMatchObject({ status: 'SUCCESS', amount: '10' });
    expect(venue.depositOf(AGENT)).toBe('990');
  });

  it.each(['FAILED', 'DEAD'] as const)('tells %s', async (outcome) => {
    const { client, venue } = partner;
    venue.inject({ kind: 'processing', outcome });
    await client.transfer(held);
    venue.resolveOrder(AGENT, 'm');
    expect((await client.waitForOrder('m', { timeoutMs: 6_000, orderType: 'TRANSFER_IN' })).status).toBe(outcome);
    expect(venue.depositOf(AGENT)).toBe('1000');
  });

  it('resolves by itself after forMs', async () => {
    const venueClock = new TestClock({ instantUpToMs: 0 });
    const other = await startPartner({ venue: { clock: venueClock } });
    other.venue.inject({ kind: 'processing', forMs: 500 });
    expect((await other.client.transfer(held)).orderStatus).toBe('PROCESSING');
    venueClock.advance(499);
    expect((await other.client.transfer(held)).orderStatus).toBe('PROCESSING');
    venueClock.advance(1);
    expect((await other.client.transfer(held)).orderStatus).toBe('SUCCESS');
    await other.venue.close();
  });

  it('finds a transfer out without being told the type', async () => {
    const { client } = partner;
    await client.transfer({ ...held, agentOrderNo: 'p' });
    await client.transferAllOut({ agentOrderNo: 'all', agentUserId: 'alice' });
    expect((await client.waitForOrder('all', { timeoutMs: 6_000 })).orderType).toBe('TRANSFER_OUT');
  });

  it('ends when the time is over, with more than one question asked', async () => {
    const { client, venue } = partner;
    venue.inject({ kind: 'processing' });
    await client.transfer(held);
    const waiting = client.waitForOrder('m', { timeoutMs: 20_000 });
    await expect(waiting).rejects.toMatchObject({ constructor: StillProcessingError, orderNo: 'm' });
    expect(pathsOf(venue).length).toBeGreaterThan(5);
  });

  it('outlives faults, but not an order that does not exist', async () => {
    const { client, venue } = partner;
    await client.transfer(held);
    venue.inject({ kind: 'lose-reply' });
    venue.inject({ kind: 'refuse', code: 6905, message: 'quota' });
    expect((await client.waitForOrder('m', { timeoutMs: 60_000 })).status).toBe('SUCCESS');
    await expect(client.waitForOrder('none', { timeoutMs: 60_000 })).rejects.toMatchObject({ code: 6101 });
    venue.inject({ kind: 'lose-reply', times: 1_000 });
    await expect(client.waitForOrder('m', { timeoutMs: 6_000 })).rejects.toBeInstanceOf(UnavailableError);
  });
});

describe('time', () => {
  it('is taken from the Date of the refusal when the own clock is wrong', async () => {
    const clock = new TestClock({ nowMs: Date.now() + 3_600_000, instantUpToMs: 5_000 });
    const urls: string[] = [];
    const client = createAgentClient({
      baseUrl: partner.venue.baseUrl,
      agentCode: AGENT,
      apiSecret: SECRET,
      clock,
      fetch: (url, init) => {
        urls.push(String(url));
        return fetch(url, init);
      },
    });
    expect((await client.queryAccount()).agentCode).toBe(AGENT);
    await client.queryAccount();
    expect(urls).toEqual(Array(3).fill(`${partner.venue.baseUrl}/v1/agent/query-account`));
  });

  it('is asked for when the refusal has no Date', async () => {
    const other = await startPartner({
      venue: { sendsDate: false },
      client: { clock: new TestClock({ nowMs: 1_000_000_000_000, instantUpToMs: 5_000 }) },
    });
    expect((await other.client.queryAccount()).agentCode).toBe(AGENT);
    await other.venue.close();
  });

  it('is asked for once a call: a second 6003 is told', async () => {
    partner.venue.inject({ kind: 'refuse', code: 6003, message: 'time', times: 2 });
    await expect(partner.client.queryAccount()).rejects.toMatchObject({ constructor: RefusedError, code: 6003 });
    expect(pathsOf(partner.venue).length).toBe(2);
  });
});
