import type { Money, PriceTicks, Rate } from '@openvenue/money';
import type { CommandType } from '../command.ts';
import { placedCondition } from './conditions.ts';
import { BTC, ETH } from './symbols.ts';
import { TestVenue } from './test-venue.ts';

type Parts = Readonly<Record<string, unknown>>;

const hash = (n: number): string => n.toString(16).padStart(64, '0');
const DAY_MS = 86_400_000;
const LISTEN_KEY = 'a'.repeat(32);

/**
 * A market where every command has something to act on: orders, a condition, an isolated position, a session, an API key and a
 * listen key of user 1, an agent with webhooks in every state, a ticket and an embed token of its user.
 */
export function furnishedVenue(): TestVenue {
  const venue = new TestVenue([BTC, ETH]);
  const [a, b] = [venue.user('10000'), venue.user('10000')];
  venue.user('0');
  venue.prices({ BTCUSDT: '60000', ETHUSDT: '60000' });
  venue.ok({ type: 'set-margin-mode', actor: { userId: a }, symbol: 'ETHUSDT', marginMode: 'ISOLATED' });
  venue.placed(a, { side: 'BUY', price: '59000', quantity: '0.01', more: { clientOrderId: 'mine' } });
  venue.placed(b, { side: 'SELL', price: '60100', quantity: '0.01' });
  placedCondition(venue, a, { side: 'BUY', stop: '61000', quantity: '0.01', more: { clientOrderId: 'stop' } });
  venue.trade(a, b, { symbol: 'ETHUSDT', price: '60000', quantity: '0.01' });
  furnishIdentity(venue, a);
  furnishAgency(venue);
  return venue;
}

function furnishIdentity(venue: TestVenue, userId: number): void {
  const actor = { userId, sessionId: 'session' };
  const refreshExpiresAtMs = venue.timeMs + DAY_MS;
  venue.ok({
    type: 'open-session',
    userId,
    sessionId: 'session',
    refreshTokenHash: hash(1),
    refreshExpiresAtMs,
    ip: '192.0.2.1',
  });
  venue.ok({
    type: 'create-api-key',
    actor,
    apiKey: 'fx_12345678',
    label: 'bot',
    permissions: 3,
    ipWhitelist: [],
    sealedSecret: 'sealed',
  });
  venue.ok({ type: 'create-listen-key', actor, listenKey: LISTEN_KEY });
}

function furnishAgency(venue: TestVenue): void {
  venue.ok({ type: 'create-agent', ...AGENT });
  venue.ok({ type: 'adjust-agent-deposit', agentId: 1, amount: (10n ** 12n) as Money });
  let nonces = 100;
  const agentAuth = () => ({ agentId: 1, nonceHash: hash(++nonces), expiresAtMs: venue.timeMs + 300_000 });
  const [agentUserId, user] = ['carol', { agentUserId: 'carol' }];
  venue.ok({ type: 'bind-user', agentAuth: agentAuth(), agentUserId, externalUserId: '1188041528' });
  for (const agentOrderNo of ['first', 'second', 'third'])
    venue.ok({
      type: 'transfer',
      agentAuth: agentAuth(),
      agentOrderNo,
      user,
      direction: 'IN',
      currency: 'USDT',
      amount: (10n ** 10n) as Money,
    });
  venue.ok({ type: 'webhook-delivered', agentId: 1, seq: 2 });
  venue.ok({ type: 'webhook-dead', agentId: 1, seq: 3 });
  venue.ok({
    type: 'create-entry-ticket',
    agentAuth: agentAuth(),
    user,
    ticketHash: hash(50),
    redirectPath: '/',
    returnUrl: '',
  });
  venue.ok({ type: 'create-embed-token', agentAuth: agentAuth(), user, tokenHash: hash(51), channelId: 'channel' });
}

const AGENT_SETTINGS = {
  name: 'Agent',
  webhookUrl: 'https://partner.example/hook',
  sealedSecrets: ['sealed'],
  origins: ['https://partner.example'],
  ipAllowList: ['192.0.2.0/24'],
  depositless: false,
};
const AGENT = { agentCode: 'AGENT', publicNumber: '7000000001', ...AGENT_SETTINGS };

const order = {
  symbol: 'BTCUSDT',
  type: 'LIMIT',
  side: 'BUY',
  positionSide: 'BOTH',
  price: 595_000,
  quantity: 10,
  timeInForce: 'GTC',
  reduceOnly: false,
  makerOnly: false,
  closePosition: false,
  clientOrderId: 'id',
  placeType: 'web',
  selfTradePrevention: 'CANCEL_BOTH',
  priceType: 0,
};
const amendment = { symbol: 'BTCUSDT', orderId: 1, price: 594_000, quantity: 7 };
const condition = {
  symbol: 'BTCUSDT',
  type: 'STOP_LIMIT',
  side: 'BUY',
  positionSide: 'BOTH',
  price: 620_000,
  quantity: 10,
  stopPrice: 615_000,
  workingType: 'MARK_PRICE',
  priceProtect: true,
  timeInForce: 'GTC',
  reduceOnly: false,
  closePosition: false,
  clientOrderId: 'condition',
  selfTradePrevention: 'CANCEL_TAKER',
};
const exit = { stopPrice: 580_000, workingType: 'CONTRACT_PRICE', price: 579_000 };
const leg = { firstDrivenId: 1, firstDrivenOn: 'FILLED', firstTrigger: 'PLACE_ORDER', secondDrivenId: 0 };
const otoco = {
  strategyType: 'OTOCO',
  subOrders: [
    { strategySubId: 1, firstDrivenId: 0, secondDrivenId: 0, order },
    { ...leg, strategySubId: 2, order: { ...order, side: 'SELL', price: 605_000, clientOrderId: 'exit' } },
    { ...leg, strategySubId: 3, condition: { ...condition, side: 'SELL', stopPrice: 580_000 } },
  ],
};

/** Every command with all its parts, as {@link furnishedVenue} accepts it at `timeMs`; some in several shapes. */
export function everyCommand(timeMs: number): Readonly<Record<CommandType, readonly Parts[]>> {
  const actor = { userId: 1 };
  const bySession = { userId: 1, sessionId: 'session' };
  const byKey = { userId: 1, apiKeyId: 1, signatureHash: hash(9), signatureExpiresAtMs: timeMs + 5_000 };
  const agentAuth = { agentId: 1, nonceHash: hash(7), expiresAtMs: timeMs + 300_000 };
  const user = { agentUserId: 'carol', platformUserId: '1188041528' };
  const transfer = { agentAuth, agentOrderNo: 'next', user, currency: 'USDT' };
  const session = {
    sessionId: 'another',
    refreshExpiresAtMs: timeMs + DAY_MS,
    ip: '192.0.2.1',
    deviceId: 'device',
    deviceName: 'Device',
  };
  const quotes = [{ source: 's', price: 600_100 as PriceTicks, ageMs: 5, weight: 1 }];
  return {
    'place-order': [
      { actor, order },
      { actor: byKey, order },
      { actor, order: { ...order, gridFault: { field: 'price', value: '1', below: '0', above: '2' } } },
      { actor, order: { ...order, takeProfit: { ...exit, stopPrice: 610_000 }, stopLoss: exit } },
    ],
    'place-orders': [{ actor, orders: [order] }],
    'cancel-order': [{ actor, order: { symbol: 'BTCUSDT', orderId: 1, clientOrderId: 'mine' } }],
    'cancel-orders': [{ actor, orders: [{ symbol: 'BTCUSDT', orderId: 1, clientOrderId: 'mine' }] }],
    'amend-order': [{ actor, amendment }],
    'amend-orders': [{ actor, amendments: [amendment] }],
    'cancel-all-orders': [{ actor, symbol: 'BTCUSDT', cancelType: 1 }],
    'place-condition': [
      { actor, condition },
      { actor, condition: { ...condition, type: 'TRAILING_STOP', activatePrice: 590_000, callbackRate: 5 } },
    ],
    'cancel-condition': [{ actor, condition: { symbol: 'BTCUSDT', conditionId: 1, clientOrderId: 'stop' } }],
    'place-strategy': [{ actor, strategy: otoco }],
    'cancel-all-after': [{ actor, timeoutMs: 5_000, keepReduceOnly: true }],
    'set-leverage': [{ actor, symbol: 'BTCUSDT', leverage: 7 }],
    'set-margin-mode': [{ actor: { userId: 3 }, symbol: 'BTCUSDT', marginMode: 'ISOLATED' }],
    'adjust-isolated-margin': [{ actor, symbol: 'ETHUSDT', positionSide: 'BOTH', amount: 100_000_000n }],
    'configure-symbol': [{ parameters: { ...BTC } }, { parameters: { ...BTC }, effectiveAtMs: timeMs + DAY_MS }],
    'delist-symbol': [{ symbol: 'BTCUSDT', atMs: timeMs + 2 * DAY_MS }],
    'update-prices': [{ symbols: [{ symbol: 'BTCUSDT', quotes }] }],
    'set-fee-schedule': [
      { schedule: { agentId: 1, levels: BTC.feeLevels, markup: { maker: 0 as Rate, taker: 10_000 as Rate } } },
    ],
    'adjust-insurance-fund': [{ amount: 100_000_000n }],
    'adjust-wallet': [{ userId: 1, amount: 100_000_000n, changeType: 'TRANSFER_IN' }],
    'create-user': [
      {
        username: 'dave',
        externalUserId: '1188041529',
        displayName: 'Dave',
        passwordHash: 'scrypt$1',
        kind: 'trader',
      },
    ],
    'set-password': [{ userId: 1, passwordHash: 'scrypt$1' }],
    'rename-user': [{ userId: 1, username: 'erin' }],
    'set-user-disabled': [{ userId: 1, disabled: true, by: 'AGENT' }],
    'open-session': [{ ...session, userId: 1, refreshTokenHash: hash(3), embed: true }],
    'rotate-refresh-token': [
      {
        sessionId: 'session',
        presentedTokenHash: hash(1),
        nextTokenHash: hash(2),
        refreshExpiresAtMs: timeMs + DAY_MS,
      },
    ],
    'revoke-session': [{ sessionId: 'session' }],
    'revoke-all-sessions': [{ userId: 1 }],
    'create-api-key': [
      {
        actor: bySession,
        apiKey: 'fx_abcdefgh',
        label: 'other',
        permissions: 1,
        ipWhitelist: ['192.0.2.0/24'],
        sealedSecret: 'sealed',
      },
    ],
    'update-api-key': [
      { actor: bySession, id: 1, label: 'new', permissions: 7, ipWhitelist: ['192.0.2.1'], enabled: false },
    ],
    'delete-api-key': [{ actor: bySession, id: 1 }],
    'delete-all-api-keys': [{ actor: bySession }],
    'touch-api-keys': [{ uses: [{ id: 1, usedAtMs: timeMs }] }],
    'create-listen-key': [{ actor: byKey, listenKey: 'b'.repeat(32) }],
    'renew-listen-key': [{ actor: bySession, listenKey: LISTEN_KEY }],
    'close-listen-key': [{ actor: byKey, listenKey: LISTEN_KEY }],
    'set-favorite-symbols': [{ actor: byKey, symbols: ['ETHUSDT', 'BTCUSDT'] }],
    'create-agent': [{ ...AGENT, agentCode: 'OTHER', publicNumber: '7000000002' }],
    'update-agent': [{ ...AGENT_SETTINGS, agentId: 1, name: 'Renamed', disabled: true }],
    'adjust-agent-deposit': [{ agentId: 1, amount: -100_000_000n }],
    'take-nonce': [{ agentAuth }],
    'bind-user': [{ agentAuth, agentUserId: 'dave', displayName: 'Dave', externalUserId: '1188041529' }],
    transfer: [{ ...transfer, direction: 'OUT', amount: 100_000_000n }],
    'transfer-all-out': [transfer],
    'reverse-transfer': [{ agentAuth, origOrderNo: 'first', reverseOrderNo: 'back', reason: 'mistake' }],
    'wallet-transfer': [
      { ...transfer, direction: 'PARTNER_TO_FUNDING', amount: 100_000_000n },
      { ...transfer, direction: 'CONTRACT_TO_FUNDING' },
    ],
    'move-own-funds': [
      { actor: bySession, direction: 'CONTRACT_TO_FUNDING', amount: 100_000_000n },
      { actor: byKey, direction: 'FUNDING_TO_CONTRACT' },
    ],
    'set-credentials': [{ agentAuth, user, username: 'carol', passwordHash: 'scrypt$1' }],
    'disable-user': [{ agentAuth, user, disabled: true }],
    'create-entry-ticket': [
      { agentAuth, user, ticketHash: hash(60), redirectPath: '/trade', returnUrl: 'https://partner.example/back' },
    ],
    'create-embed-token': [{ agentAuth, user, tokenHash: hash(61), channelId: 'channel', symbol: 'BTCUSDT' }],
    'exchange-ticket': [{ ticketHash: hash(50), session: { ...session, refreshTokenHash: hash(4) } }],
    'exchange-embed-token': [
      { tokenHash: hash(51), channelId: 'channel', embedOrigin: 'https://partner.example', session },
    ],
    'webhook-delivered': [{ agentId: 1, seq: 1 }],
    'webhook-failed': [{ agentId: 1, seq: 1, attempts: 1, nextAttemptAtMs: timeMs + 1_000 }],
    'webhook-dead': [{ agentId: 1, seq: 1 }],
    'replay-webhook': [
      { agentId: 1, seq: 2 },
      { agentId: 1, seq: 3 },
    ],
  };
}
