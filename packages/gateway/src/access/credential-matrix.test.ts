import { ERROR_CATALOGUE, type OperationName, operations, PERMISSION, type Route } from '@openvenue/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endpoints } from '../rest/endpoints.ts';
import { AgentScene } from '../testing/agent-scene.ts';
import type { Credential, Reply, Sent, TestGateway } from '../testing/venue.ts';

/** What a caller presents. */
const CREDENTIALS = [
  'none',
  'expired token',
  'revoked token',
  'token of a disabled user',
  'forged token',
  'embedded session',
  'read-only key',
  'trade-only key',
  'key of another address',
  'disabled key',
  'deleted key',
  'key with a wrong secret',
  'key outside of its window',
  'session',
  'key',
] as const;
type CredentialName = (typeof CREDENTIALS)[number];

/** `passes`: the call gets past who calls; what it then comes to is not the matter here. */
type Expected = 'passes' | 1001 | 1002 | 1003 | 1004 | 1006 | 3006;

/**
 * The rules, one line for each credential: what it comes to by the permission that a route declares. Embedded sessions and keys without
 * log-in are kept from what needs one; an embedded session may end itself.
 */
const RULES: Readonly<Record<CredentialName, Readonly<Record<'J' | 'R' | 'T' | 'RT', Expected>>>> = {
  none: { J: 1001, R: 1001, T: 1001, RT: 1001 },
  'expired token': { J: 1002, R: 1002, T: 1002, RT: 1002 },
  'revoked token': { J: 1004, R: 1004, T: 1004, RT: 1004 },
  'token of a disabled user': { J: 1004, R: 1004, T: 1004, RT: 1004 },
  'forged token': { J: 1003, R: 1003, T: 1003, RT: 1003 },
  'embedded session': { J: 3006, R: 'passes', T: 'passes', RT: 3006 },
  'read-only key': { J: 3006, R: 'passes', T: 3006, RT: 3006 },
  'trade-only key': { J: 3006, R: 3006, T: 'passes', RT: 3006 },
  'key of another address': { J: 1006, R: 1006, T: 1006, RT: 1006 },
  'disabled key': { J: 1003, R: 1003, T: 1003, RT: 1003 },
  'deleted key': { J: 1003, R: 1003, T: 1003, RT: 1003 },
  'key with a wrong secret': { J: 1003, R: 1003, T: 1003, RT: 1003 },
  'key outside of its window': { J: 1003, R: 1003, T: 1003, RT: 1003 },
  session: { J: 'passes', R: 'passes', T: 'passes', RT: 'passes' },
  key: { J: 3006, R: 'passes', T: 'passes', RT: 'passes' },
};

/** The permission of each route by the contract, written down once more: a route that is not here, or has become another, fails. */
const PERMISSIONS: Readonly<Record<OperationName, Route['auth']>> = {
  getVersion: '-',
  getTime: '-',
  login: '-',
  refreshToken: '-',
  logout: 'J',
  exchangeTicket: '-',
  exchangeEmbedToken: '-',
  getSymbols: '-',
  getDepth: '-',
  getTrades: '-',
  getTicker: '-',
  getKlines: '-',
  getFundingTerms: '-',
  getCurrentFundingRates: '-',
  getFundingRateHistory: '-',
  getPnlLeaderboard: '-',
  getUserInfo: 'R',
  getUserAsset: 'R',
  getAccountChangeLog: 'R',
  getVolumeStats: 'R',
  getBalanceHistory: 'R',
  getTradeOverview: 'R',
  getAssetOverviewSummary: 'R',
  getAssetOverviewTrend: 'R',
  getFundingAsset: 'R',
  setFavoriteSymbols: 'R',
  getFavoriteSymbols: 'R',
  transferBetweenWallets: 'RT',
  createListenKey: 'R',
  renewListenKey: 'R',
  deleteListenKey: 'R',
  createApiKey: 'J',
  listApiKeys: 'J',
  updateApiKey: 'J',
  deleteApiKey: 'J',
  deleteAllApiKeys: 'J',
  placeOrder: 'T',
  previewOrder: 'T',
  batchPlaceOrders: 'T',
  cancelOrder: 'T',
  moveOrder: 'T',
  batchMoveOrders: 'T',
  batchCancelOrders: 'T',
  batchCancelAllOrders: 'T',
  cancelAllAfter: 'T',
  placeCondition: 'T',
  cancelCondition: 'T',
  placeStrategy: 'T',
  getOrder: 'T',
  getCurrentOrders: 'T',
  getCurrentConditions: 'T',
  getOrderHistory: 'T',
  getConditionHistory: 'T',
  getOrderTrades: 'T',
  getStrategy: 'T',
  setLeverage: 'T',
  setMarginMode: 'T',
  adjustMargin: 'T',
  getPositionSettings: 'T',
  getPositions: 'T',
  getPositionHistory: 'T',
};
const NAMES = Object.keys(operations) as OperationName[];
const AUTHENTICATION_CODES: readonly number[] = [1001, 1002, 1003, 1004, 1006, 3006];

function expectedOf(name: OperationName, credential: CredentialName): Expected {
  const auth = PERMISSIONS[name];
  // Its credential is the cookie, which is none of these.
  if (name === 'refreshToken') return 1001;
  if (auth === '-') return 'passes';
  if (name === 'logout' && credential === 'embedded session') return 'passes';
  return RULES[credential][auth];
}

test('every route has its permission in the table, and declares the same one', () => {
  expect(Object.keys(PERMISSIONS).toSorted()).toEqual(NAMES.toSorted());
  for (const name of NAMES) expect(endpoints[name].route.auth, name).toBe(PERMISSIONS[name]);
});

const WIDE = { perSecond: 100_000, burst: 100_000 };
const HERE = '203.0.113.7';

let scene: AgentScene;
let gateway: TestGateway;
/** Sends as the one who holds a credential of this kind. */
let sendAs: Readonly<Record<CredentialName, (sent: Sent) => Promise<Reply>>>;

beforeAll(async () => {
  const kinds = ['public', 'private', 'order', 'cancel', 'login', 'loginName', 'authentication', 'agent'] as const;
  scene = await AgentScene.start({ rateLimits: Object.fromEntries(kinds.map((kind) => [kind, WIDE])) });
  ({ gateway } = scene);
  const expired = await gateway.trader();
  const clockMs = gateway.clock.ms;
  gateway.clock.ms += 31 * 60_000;
  const { username } = await gateway.user();
  // Whose log-outs and deletions are not to touch the keys.
  const other = await gateway.user();
  const trader = await gateway.logIn(username);
  const full = PERMISSION.READ | PERMISSION.TRADE;
  const keyOf = (settings: { permissions?: number; ipWhitelist?: readonly string[] } = {}) =>
    gateway.apiKey(trader.accessToken, settings);
  const revoked = await gateway.trader();
  await gateway.call(revoked, { method: 'POST', url: operations.logout.path });
  const disabledUser = await gateway.trader();
  const { userId } = disabledUser;
  await gateway.node.accepted({ type: 'set-user-disabled', userId, disabled: true }, 'done');
  const idOf = async (apiKey: string): Promise<string> => {
    const { data } = await gateway.call(trader, { url: operations.listApiKeys.path });
    return (data['list'] as { apiKey: string; id: string }[]).find((each) => each.apiKey === apiKey)?.id ?? '';
  };
  const [key, readOnly, tradeOnly, bound, disabled, deleted] = [
    await keyOf(),
    await keyOf({ permissions: PERMISSION.READ }),
    await keyOf({ permissions: PERMISSION.TRADE }),
    await keyOf({ permissions: full, ipWhitelist: ['192.0.2.0/24'] }),
    await keyOf(),
    await keyOf(),
  ];
  const off = { method: 'PUT', url: operations.updateApiKey.path } as const;
  await gateway.call(trader, { ...off, body: { id: await idOf(disabled.apiKey), status: 0 } });
  const gone = { method: 'POST', url: operations.deleteApiKey.path } as const;
  await gateway.call(trader, { ...gone, body: { id: await idOf(deleted.apiKey) } });
  const as = (credential: Credential) => (sent: Sent) => gateway.call(credential, { ...sent, ip: HERE });
  const agent = await scene.agent();
  await scene.bind(agent);
  expect(gateway.clock.ms).toBeGreaterThan(clockMs);
  sendAs = {
    none: (sent) => gateway.send({ ...sent, ip: HERE }),
    'expired token': as(expired),
    'revoked token': as(revoked),
    'token of a disabled user': as(disabledUser),
    'forged token': as({ accessToken: trader.accessToken.replace(/\.[^.]*$/, `.${'A'.repeat(43)}`) }),
    // Its log-out ends it, so each call has one of its own.
    'embedded session': async (sent) => as({ accessToken: await scene.embedSession(agent) })(sent),
    'read-only key': as(readOnly),
    'trade-only key': as(tradeOnly),
    'key of another address': as(bound),
    'disabled key': as(disabled),
    'deleted key': as(deleted),
    'key with a wrong secret': as({ ...key, apiSecret: `${key.apiSecret}x` }),
    'key outside of its window': (sent) =>
      gateway.send({ ...gateway.sign(key, sent, gateway.clock.ms - 10_001), ip: HERE }),
    session: async (sent) => as(await gateway.logIn(other.username))(sent),
    key: as(key),
  };
});
afterAll(() => gateway.close());

/** A call without any field: a form that is wrong says that the caller was let in. */
function bareCall(name: OperationName): Sent {
  const { method, path } = operations[name];
  gateway.clock.ms += 1;
  return { method, url: path };
}

describe.each(CREDENTIALS)('%s', (credential) => {
  test.each(NAMES.map((name) => [name, expectedOf(name, credential)] as const))('%s: %s', async (name, expected) => {
    const before = gateway.node.commands.length;
    const reply = await sendAs[credential](bareCall(name));
    if (expected === 'passes') {
      expect(AUTHENTICATION_CODES).not.toContain(reply.code);
      return;
    }
    const { httpStatus } = ERROR_CATALOGUE.find(({ code }) => code === expected) ?? {};
    expect(reply).toMatchObject({ code: expected, status: httpStatus, data: {}, cookie: undefined });
    if (credential !== 'embedded session' && credential !== 'session') {
      expect(gateway.node.commands).toHaveLength(before);
    }
  });
});
