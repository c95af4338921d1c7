import { formatDecimal, type Money, parseDecimal } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import type { Actor } from './actor.ts';
import type { OwnWalletDirection, WalletDirection } from './agency/wallet-transfer-order.ts';
import { Core } from './core.ts';
import type { Reply } from './reply.ts';
import { TestVenue } from './testing/index.ts';

const usdt = (text: string): Money => parseDecimal(text) as Money;
const hash = (n: number): string => n.toString(16).padStart(64, '0');

/** An agent with a deposit, and one user of his, in a market with a counterparty. */
function partner() {
  const venue = new TestVenue();
  let nonces = 0;
  const maker = venue.user('1000000');
  venue.price('60000');
  const created = venue.ok({
    type: 'create-agent',
    agentCode: 'DEMO',
    publicNumber: '7000000001',
    name: 'Demo',
    webhookUrl: 'https://partner.example/hook',
    sealedSecrets: ['sealed'],
    origins: ['https://partner.example'],
    depositless: false,
  }).reply as Extract<Reply, { kind: 'agent' }>;
  const { agentId } = created;
  venue.ok({ type: 'adjust-agent-deposit', agentId, amount: usdt('10000') });
  const agentAuth = () => ({ agentId, nonceHash: hash(++nonces), expiresAtMs: venue.timeMs + 300_000 });
  const bound = venue.ok({
    type: 'bind-user',
    agentAuth: agentAuth(),
    agentUserId: 'carol',
    externalUserId: '1188041528',
  }).reply as Extract<Reply, { kind: 'binding' }>;
  const transfer = (agentOrderNo: string, direction: 'IN' | 'OUT', amount: string) =>
    venue.run({
      type: 'transfer',
      agentAuth: agentAuth(),
      agentOrderNo,
      user: { agentUserId: 'carol' },
      direction,
      currency: 'USDT',
      amount: usdt(amount),
    });
  const deposit = () => formatDecimal(venue.core.agency.agent(agentId)?.deposit ?? -1n);
  return { venue, agentId, agentAuth, userId: bound.userId, maker, transfer, deposit };
}

describe('partners in the core', () => {
  it('INV-1: money goes from the deposit to the wallet and back, traded in between, and none is made or lost', () => {
    const { venue, userId, maker, transfer, deposit } = partner();
    const moved = transfer('in-1', 'IN', '2500');
    expect(moved.reply).toMatchObject({ ok: true, kind: 'transfer', status: 'SUCCESS', repeated: false });
    expect(moved.events).toContainEqual(
      expect.objectContaining({
        type: 'ledger',
        entry: expect.objectContaining({ changeType: 'TRANSFER_IN', amount: usdt('2500') }),
      }),
    );
    expect([deposit(), formatDecimal(venue.account(userId).wallet)]).toEqual(['7500', '2500']);
    venue.trade(userId, maker, { price: '60000', quantity: '0.1' });
    const { available } = venue.account(userId);
    expect(transfer('out-1', 'OUT', '2000').reply).toMatchObject({
      status: 'FAILED',
      order: { failReason: expect.stringMatching(/./) },
    });
    expect(transfer('out-2', 'OUT', formatDecimal(available)).reply).toMatchObject({ status: 'SUCCESS' });
    expect(venue.account(userId).available).toBe(0n);
    expect(deposit()).toBe(formatDecimal(usdt('7500') + available));
  });

  it('INV-1: money goes through the funding wallet and back, and the restored venue knows of it', () => {
    const { venue, agentId, agentAuth, userId, deposit } = partner();
    const move = (agentOrderNo: string, direction: WalletDirection, amount?: string) =>
      venue.ok({
        type: 'wallet-transfer',
        agentAuth: agentAuth(),
        agentOrderNo,
        user: { agentUserId: 'carol' },
        direction,
        currency: 'USDT',
        ...(amount === undefined ? {} : { amount: usdt(amount) }),
      });
    move('w1', 'PARTNER_TO_FUNDING', '500');
    const { events } = move('w2', 'FUNDING_TO_CONTRACT', '400');
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'ledger',
        entry: expect.objectContaining({ changeType: 'FUNDING_TO_CONTRACT', amount: usdt('400'), referenceId: 2 }),
      }),
    );
    expect([deposit(), formatDecimal(venue.account(userId).wallet)]).toEqual(['9500', '400']);
    venue.place(userId, { side: 'BUY', price: '60000', quantity: '0.1' });
    const { available } = venue.account(userId);
    move('w3', 'CONTRACT_TO_FUNDING');
    expect(venue.account(userId).available).toBe(0n);
    expect(venue.core.agency.fundingWallet(userId).available).toBe(usdt('100') + available);
    const restored = Core.restore(venue.core.snapshot());
    expect(restored.agency.fundingWallet(userId)).toEqual(venue.core.agency.fundingWallet(userId));
    expect(restored.agency.walletTransfer(agentId, 'w3')).toMatchObject({ transferAll: true, amount: available });
    expect(restored.snapshot()).toEqual(venue.core.snapshot());
  });

  it('INV-1, AGY-44: a user moves his own money between his wallets, by session or by a key that reads and trades', () => {
    const { venue, userId, transfer } = partner();
    transfer('in', 'IN', '500');
    const move = (actor: Actor, direction: OwnWalletDirection, amount?: string) =>
      venue.run({
        type: 'move-own-funds',
        actor,
        direction,
        ...(amount === undefined ? {} : { amount: usdt(amount) }),
      });
    const refreshExpiresAtMs = venue.timeMs + 60_000;
    const session = { userId, ip: '::1', refreshTokenHash: '', refreshExpiresAtMs };
    venue.ok({ type: 'open-session', ...session, sessionId: 's' });
    venue.ok({ type: 'open-session', ...session, sessionId: 'embedded', embed: true });
    const key = (permissions: number) => {
      const apiKey = `fx_permissions-${permissions}`;
      const { reply } = venue.ok({
        type: 'create-api-key',
        actor: { userId, sessionId: 's' },
        apiKey,
        label: 'bot',
        permissions,
        ipWhitelist: [],
        sealedSecret: 'sealed',
      });
      return { userId, apiKeyId: (reply as Extract<Reply, { kind: 'api-key' }>).id };
    };
    const { reply, events } = move({ userId, sessionId: 's' }, 'CONTRACT_TO_FUNDING', '120');
    expect(reply).toEqual({ ok: true, kind: 'funds-moved', amount: usdt('120') });
    expect(events.map(({ type }) => type)).toEqual(['ledger', 'funding-ledger', 'account-updated']);
    for (const actor of [key(1), key(2), { userId, sessionId: 'embedded' }])
      expect(move(actor, 'CONTRACT_TO_FUNDING', '1').reply).toMatchObject({ reason: 'PERMISSION_DENIED' });
    const trader = { ...key(3), signatureHash: hash(77), signatureExpiresAtMs: venue.timeMs + 5_000 };
    expect(move(trader, 'FUNDING_TO_CONTRACT').reply).toMatchObject({ ok: true, amount: usdt('120') });
    expect(move(trader, 'CONTRACT_TO_FUNDING').reply).toMatchObject({ reason: 'SIGNATURE_REPLAYED' });
    expect(formatDecimal(venue.account(userId).wallet)).toBe('500');
    venue.placed(userId, { side: 'BUY', price: '60000', quantity: '0.05' });
    const { available } = venue.account(userId);
    expect(move({ userId }, 'CONTRACT_TO_FUNDING', formatDecimal(available + 1n)).reply).toMatchObject({
      reason: 'INSUFFICIENT_BALANCE',
      details: { required: available + 1n, available },
    });
    expect(move({ userId }, 'CONTRACT_TO_FUNDING').reply).toMatchObject({ ok: true, amount: available });
    expect(Core.restore(venue.core.snapshot()).agency.fundingWallet(userId).available).toBe(available);
  });

  it('a user signs in with what his agent gave him, and not while his agent has disabled him', () => {
    const { venue, agentAuth, userId } = partner();
    const user = { agentUserId: 'carol' };
    const setCredentials = (username: string) =>
      venue.run({ type: 'set-credentials', agentAuth: agentAuth(), user, username, passwordHash: 'hash' }).reply;
    venue.ok({
      type: 'create-user',
      username: 'taken',
      externalUserId: '1188041529',
      passwordHash: '',
      kind: 'trader',
    });
    expect(setCredentials('TAKEN')).toMatchObject({ reason: 'USERNAME_TAKEN' });
    expect(venue.core.identity.userById(userId)?.passwordHash).toBe('');
    expect(setCredentials('carol.1')).toMatchObject({ ok: true, username: 'carol.1' });
    expect(venue.core.identity.userByName('CAROL.1')).toMatchObject({ userId, passwordHash: 'hash' });
  });

  it('AGY-31: a disabled user acts no more, while his orders, position and money stay and his agent takes money out', () => {
    const { venue, agentAuth, userId, maker, transfer } = partner();
    const user = { agentUserId: 'carol' };
    transfer('in', 'IN', '5000');
    venue.trade(userId, maker, { price: '60000', quantity: '0.01' });
    const resting = venue.placed(userId, { side: 'BUY', price: '59900', quantity: '0.01' });
    const session = { sessionId: 's', refreshTokenHash: '', refreshExpiresAtMs: venue.timeMs + 60_000, ip: '::1' };
    venue.ok({ type: 'open-session', userId, ...session });
    venue.ok({ type: 'create-embed-token', agentAuth: agentAuth(), user, tokenHash: hash(7), channelId: 'c' });
    const { events } = venue.ok({ type: 'disable-user', agentAuth: agentAuth(), user, disabled: true });
    expect(events).toEqual([
      { type: 'user-disabled', userId, disabled: true },
      { type: 'session-revoked', userId, sessionId: 's', reason: 'DISABLED' },
    ]);
    expect(venue.place(userId, { side: 'BUY', price: '59900', quantity: '0.01' }).reply).toMatchObject({
      reason: 'USER_DISABLED',
    });
    const exchanged = venue.run({
      type: 'exchange-embed-token',
      tokenHash: hash(7),
      channelId: 'c',
      embedOrigin: 'https://partner.example',
      session: { ...session, sessionId: 'e' },
    });
    expect(exchanged.reply).toMatchObject({ ok: false, reason: 'USER_DISABLED' });
    expect(venue.core.exchange.openOrders(userId).map(({ orderId }) => orderId)).toEqual([resting]);
    venue.placed(maker, { side: 'SELL', price: '59900', quantity: '0.01' });
    expect(formatDecimal(venue.position(userId)?.entryPrice ?? 0n)).toBe('59950');
    expect(transfer('out', 'OUT', '1000').reply).toMatchObject({ status: 'SUCCESS' });
    venue.ok({ type: 'disable-user', agentAuth: agentAuth(), user, disabled: false });
    venue.placed(userId, { side: 'SELL', price: '60100', quantity: '0.01' });
  });

  it('a repeated order number moves nothing, with other content it conflicts, and a restart forgets neither', () => {
    const { venue, userId, agentAuth, transfer } = partner();
    transfer('once', 'IN', '100');
    expect(transfer('once', 'IN', '100').reply).toMatchObject({ status: 'SUCCESS', repeated: true });
    expect(transfer('once', 'IN', '101').reply).toMatchObject({ ok: false, reason: 'ORDER_NUMBER_CONFLICT' });
    const restored = Core.restore(venue.core.snapshot());
    const again = restored.apply(restored.sequence + 1, venue.timeMs, {
      type: 'transfer',
      agentAuth: agentAuth(),
      agentOrderNo: 'once',
      user: { agentUserId: 'carol' },
      direction: 'IN',
      currency: 'USDT',
      amount: usdt('100'),
    });
    expect(again.reply).toMatchObject({ repeated: true });
    expect(formatDecimal(restored.exchange.account(userId).wallet)).toBe('100');
  });

  it('an embed token opens a session that trades and reads, once, and a wrong origin burns it', () => {
    const { venue, userId, agentAuth } = partner();
    const create = (n: number) =>
      venue.ok({
        type: 'create-embed-token',
        agentAuth: agentAuth(),
        user: { agentUserId: 'carol' },
        tokenHash: hash(1_000 + n),
        channelId: 'channel',
      });
    const exchange = (n: number, embedOrigin = 'https://partner.example') =>
      venue.run({
        type: 'exchange-embed-token',
        tokenHash: hash(1_000 + n),
        channelId: 'channel',
        embedOrigin,
        session: {
          sessionId: `embed-${n}-${venue.core.sequence}`,
          refreshExpiresAtMs: venue.timeMs + 3_600_000,
          ip: '203.0.113.9',
        },
      }).reply;
    create(1);
    const opened = exchange(1);
    expect(opened).toMatchObject({ ok: true, kind: 'embed-session', userId });
    const { sessionId } = opened as Extract<Reply, { kind: 'embed-session' }>;
    const may = (need: 'read' | 'trade' | 'session') =>
      venue.core.identity.authorize({ userId, sessionId }, venue.timeMs, need);
    expect([may('read'), may('trade')]).toEqual([undefined, undefined]);
    expect(may('session')).toMatchObject({ reason: 'PERMISSION_DENIED' });
    expect(exchange(1)).toMatchObject({ reason: 'TOKEN_INVALID' });
    create(2);
    expect(exchange(2, 'https://evil.example')).toMatchObject({ reason: 'TOKEN_INVALID' });
    expect(exchange(2)).toMatchObject({ reason: 'TOKEN_INVALID' });
  });
});
