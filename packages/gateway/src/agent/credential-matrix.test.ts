import {
  AGENT_PATH_PREFIX,
  type AgentOperationName,
  AgentVersion,
  agentErrorOf,
  agentOperations,
  compileValidator,
} from '@openvenue/contract';
import type { Event } from '@openvenue/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AgentReply, AgentScene, type TestAgent } from '../testing/agent-scene.ts';
import { SAMPLE_BODIES } from '../testing/sample-bodies.ts';
import type { ApiKey } from '../testing/venue.ts';

type Fields = Readonly<Record<string, unknown>>;
/** A call on its way: where to, and its own fields before they are signed. */
interface Call {
  readonly url: string;
  readonly fields: Fields;
}

const NAMES = Object.keys(agentOperations) as AgentOperationName[];
const PREFIXES = ['', AGENT_PATH_PREFIX];
const WIDE = { perSecond: 100_000, burst: 100_000 };
const OUTSIDE_S = 301;

let scene: AgentScene;
/** Whose users and orders are at stake. */
let owner: TestAgent;
let disabled: TestAgent;
let bound: TestAgent;
let stranger: TestAgent;
let platformUserId: string;
let accessToken: string;
let key: ApiKey;
const events: Event[] = [];

beforeAll(async () => {
  const rateLimits = { authentication: WIDE, agent: WIDE, private: WIDE };
  scene = await AgentScene.start({ rateLimits, perpetualQuota: WIDE });
  const { gateway } = scene;
  const { node } = gateway;
  [owner, disabled, bound, stranger] = [
    await scene.agent(),
    await scene.agent(),
    await scene.agent(),
    await scene.agent(),
  ];
  await node.accepted({ type: 'update-agent', agentId: disabled.agentId, disabled: true }, 'done');
  await node.accepted({ type: 'update-agent', agentId: bound.agentId, ipAllowList: ['192.0.2.0/24'] }, 'done');
  platformUserId = await scene.bind(owner);
  await scene.bind(owner, 'erin');
  await scene.bind(stranger, 'dave');
  // What is moved here is there to be asked for; repeated, it moves nothing.
  for (const name of NAMES) expect(await codeOf(send(callOf(name), (fields) => scene.signed(owner, fields)))).toBe(0);
  accessToken = await scene.embedSession(owner);
  const trader = await gateway.trader();
  key = await gateway.apiKey(trader.accessToken);
  node.onCommitted((batch) => events.push(...batch.flatMap((each) => each.events)));
});
afterAll(() => scene.gateway.close());

function callOf(name: AgentOperationName, prefix = ''): Call {
  const { path } = agentOperations[name];
  const fields: Record<string, unknown> = { ...SAMPLE_BODIES[path] };
  if ('platformUserId' in fields) fields['platformUserId'] = platformUserId;
  if ('platformUserIds' in fields) fields['platformUserIds'] = [platformUserId];
  return { url: prefix + path, fields };
}

const send = ({ url, fields }: Call, sign: (fields: Fields) => Fields, from?: Parameters<AgentScene['send']>[2]) =>
  scene.send(url, JSON.stringify(sign(fields)), from);
const codeOf = async (reply: Promise<AgentReply>): Promise<unknown> => (await reply).body.code;
const nowSeconds = () => Math.floor(scene.gateway.clock.ms / 1_000);
const bySecret = (agent: TestAgent, more?: Fields) => (fields: Fields) => scene.signed(agent, fields, more);
let nonces = 0;

/** What callers present, and the one code that all calls answer to it. */
const CREDENTIALS: Readonly<Record<string, readonly [code: number, present: (call: Call) => Promise<AgentReply>]>> = {
  'nothing at all': [102001, ({ url }) => scene.send(url, '')],
  'no signing fields': [102001, (call) => send(call, (fields) => fields)],
  'no signature': [102001, (call) => send(call, bySecret(owner, { sign: '' }))],
  'a wrong signature': [6001, (call) => send(call, bySecret(owner, { sign: 'f'.repeat(64) }))],
  'an unknown agent': [6001, (call) => send(call, bySecret({ ...owner, agentCode: 'nobody' }))],
  "another agent's secret": [6001, (call) => send(call, bySecret({ ...owner, apiSecret: stranger.apiSecret }))],
  'another agent named after signing': [
    6001,
    (call) => send(call, (fields) => ({ ...scene.signed(owner, fields), agentCode: stranger.agentCode })),
  ],
  'a disabled agent': [6002, (call) => send(call, bySecret(disabled))],
  'a time before the window': [6003, (call) => send(call, bySecret(owner, { timestamp: nowSeconds() - OUTSIDE_S }))],
  'a time after the window': [6003, (call) => send(call, bySecret(owner, { timestamp: nowSeconds() + OUTSIDE_S }))],
  'an address that is not on the list': [6009, (call) => send(call, bySecret(bound), '203.0.113.9')],
  'a nonce of another call': [
    6004,
    async (call) => {
      const nonce = `taken-${++nonces}`;
      expect(await codeOf(scene.call(owner, 'query-account', {}, { nonce }))).toBe(0);
      return send(call, bySecret(owner, { nonce }));
    },
  ],
  "a user's session": [
    102001,
    (call) => send(call, (fields) => fields, { headers: { authorization: `Bearer ${accessToken}` } }),
  ],
  "a user's session beside a wrong signature": [
    6001,
    (call) =>
      send(call, bySecret(owner, { sign: 'f'.repeat(64) }), { headers: { authorization: `Bearer ${accessToken}` } }),
  ],
  "a user's API key, as users sign": [
    102001,
    ({ url, fields }) => {
      const { url: signedUrl, headers = {} } = scene.gateway.sign(key, { url, body: fields });
      return scene.send(signedUrl, JSON.stringify(fields), { headers });
    },
  ],
  "a user's API key, as agents sign": [
    6001,
    (call) => send(call, bySecret({ ...owner, agentCode: key.apiKey, apiSecret: key.apiSecret })),
  ],
};

describe.each(PREFIXES)('under the prefix "%s"', (prefix) => {
  describe.each(Object.entries(CREDENTIALS))('%s', (_name, [code, present]) => {
    test.each(NAMES)(`%s answers ${code} and nothing happens`, async (name) => {
      events.length = 0;
      const { body, status } = await present(callOf(name, prefix));
      expect(status).toBe(200);
      expect(body).toMatchObject({ code });
      expect(Object.keys(body)).toEqual(['code', 'message']);
      expect(events).toEqual([]);
    });
  });

  test.each(NAMES)('%s: no field can be changed, added or taken away after signing', async (name) => {
    const { url, fields } = callOf(name, prefix);
    const signed = scene.signed(owner, fields);
    events.length = 0;
    for (const field of Object.keys(signed)) {
      const changed = { ...signed, [field]: otherThan(signed[field]) };
      expect(await codeOf(scene.send(url, JSON.stringify(changed))), field).toBe(6001);
      const { [field]: _taken, ...rest } = signed;
      const isSigning = !Object.hasOwn(fields, field);
      expect(await codeOf(scene.send(url, JSON.stringify(rest))), field).toBe(isSigning ? 102001 : 6001);
    }
    expect(await codeOf(scene.send(url, JSON.stringify({ ...signed, more: 1 })))).toBe(6001);
    expect(events).toEqual([]);
    // It was good, and its nonce is still free: what was refused has not used it up. Sent again, it is used.
    expect(await codeOf(scene.send(url, JSON.stringify(signed)))).toBe(0);
    events.length = 0;
    expect(await codeOf(scene.send(url, JSON.stringify(signed)))).toBe(6004);
    expect(events).toEqual([]);
  });

  test('the version is for anyone', async () => {
    const response = await scene.gateway.app.inject({ method: 'GET', url: `${prefix}/version` });
    expect(compileValidator(AgentVersion).validate(response.json())).toMatchObject({ ok: true });
  });
});

/** Another value of the same kind. */
function otherThan(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (Array.isArray(value)) return [...value, platformUserId];
  const text = String(value);
  return `${text.startsWith('0') ? '1' : '0'}${text.slice(1)}`;
}

/** A call of an agent that names what is another's, and what it comes to; a success tells and changes nothing of the other's. */
interface Foreign {
  readonly fields: () => Fields;
  readonly code: number;
  readonly reply?: () => Fields;
}

const { ACCESS_NOT_ALLOWED, USER_NOT_BOUND, ORDER_NOT_FOUND } = {
  ACCESS_NOT_ALLOWED: agentErrorOf('ACCESS_NOT_ALLOWED').code,
  USER_NOT_BOUND: agentErrorOf('USER_NOT_BOUND').code,
  ORDER_NOT_FOUND: agentErrorOf('ORDER_NOT_FOUND').code,
};
const foreignUser = (more: Fields = {}): readonly Foreign[] => [
  { fields: () => ({ ...more, agentUserId: 'carol' }), code: USER_NOT_BOUND },
  { fields: () => ({ ...more, platformUserId }), code: ACCESS_NOT_ALLOWED },
  { fields: () => ({ ...more, agentUserId: 'dave', platformUserId }), code: ACCESS_NOT_ALLOWED },
];
const foreignName = (more: Fields = {}): readonly Foreign[] => [
  { fields: () => ({ ...more, agentUserId: 'carol' }), code: USER_NOT_BOUND },
];
const foreignOrder = (fields: Fields): readonly Foreign[] => [{ fields: () => fields, code: ORDER_NOT_FOUND }];
const NO_ITEMS = { data: { items: [], nextCursor: '', hasMore: false } };
const foreignItems = (more: Fields = {}): readonly Foreign[] => [
  { fields: () => ({ ...more, platformUserIds: [platformUserId] }), code: ACCESS_NOT_ALLOWED },
];
const ownItems = (more: Fields = {}): readonly Foreign[] => [
  ...foreignItems(more),
  { fields: () => more, code: 0, reply: () => NO_ITEMS },
];

/** Every call; the compiler refuses a missing one. None for what names nothing of anybody. */
const FOREIGN: Readonly<Record<AgentOperationName, readonly Foreign[]>> = {
  bindUser: [{ fields: () => ({ agentUserId: 'erin' }), code: 0, reply: () => ({ bindStatus: 'BOUND' }) }],
  transfer: foreignUser({ agentOrderNo: 'F-1', direction: 'OUT', amount: '1' }),
  transferAllOut: foreignUser({ agentOrderNo: 'F-2' }),
  reverse: foreignOrder({ origOrderNo: 'S-1', reverseOrderNo: 'F-3', reverseReason: 'mine' }),
  queryOrder: foreignOrder({ orderNo: 'S-1', orderType: 'TRANSFER_IN' }),
  listOrders: [{ fields: () => ({}), code: 0, reply: () => ({ total: 0, orders: [] }) }],
  queryAccount: [
    {
      fields: () => ({}),
      code: 0,
      reply: () => ({ agentCode: stranger.agentCode, assets: [{ depositBalance: '10000' }] }),
    },
  ],
  queryUserAssets: [{ fields: () => ({ platformUserId }), code: ACCESS_NOT_ALLOWED }],
  walletTransfer: foreignUser({ agentOrderNo: 'F-4', direction: 'FUNDING_TO_PARTNER', amount: '1' }),
  walletTransferStatus: foreignOrder({ agentOrderNo: 'S-3' }),
  setCredentials: foreignName({ username: 'taken.over', password: 'open sesame' }),
  disableUser: foreignName({ disabled: true }),
  agentEvents: [{ fields: () => ({ afterSeq: 0 }), code: 0, reply: () => ({ events: [], lastSeq: 0 }) }],
  createEntryUrl: foreignName(),
  createEmbedToken: foreignName({ channelId: 'tw_1' }),
  listSupportedFiatCurrencies: [],
  queryExchangeRates: [],
  perpetualCurrentOrders: ownItems({ orderCategory: 'NORMAL' }),
  perpetualOrderHistory: ownItems({ orderCategory: 'NORMAL' }),
  perpetualTrades: foreignItems(),
  perpetualCurrentPositions: ownItems(),
  perpetualPositionHistory: ownItems(),
  perpetualAccountLedger: ownItems(),
};

describe('another agent', () => {
  const cases = NAMES.flatMap((name) => FOREIGN[name].map((foreign, at) => [name, at, foreign] as const));

  test.each(cases)('%s %d: neither sees nor moves what is not its own', async (name, _at, { fields, code, reply }) => {
    const { core } = scene.gateway.node;
    const userId = core.identity.userByExternalId(platformUserId)?.userId ?? 0;
    const stateOf = () => ({
      deposit: scene.deposit(owner),
      account: core.exchange.account(userId),
      funding: core.agency.fundingWallet(userId),
      user: core.identity.userById(userId),
      users: [...core.agency.users(owner.agentId)].length,
    });
    const before = stateOf();
    events.length = 0;
    const { body } = await send({ url: agentOperations[name].path, fields: fields() }, bySecret(stranger));
    expect(body).toMatchObject({ code, ...reply?.() });
    if (code !== 0) expect(events).toEqual([]);
    if (name === 'bindUser') expect(body.platformUserId).not.toBe(platformUserId);
    expect(stateOf()).toEqual(before);
  });
});

test('every path of the Agent API that is served is in the matrix', () => {
  const served = scene.gateway.app.printRoutes({ commonPrefix: false, includeHooks: false });
  expect(
    pathsOf(served)
      .filter((path) => path.includes('/v1/agent/'))
      .toSorted(),
  ).toEqual(PREFIXES.flatMap((prefix) => NAMES.map((name) => prefix + agentOperations[name].path)).toSorted());
});

/** The paths of a printed tree, in which each line adds to the one that it hangs on. */
function pathsOf(tree: string): string[] {
  const paths: string[] = [];
  const above: string[] = [];
  for (const line of tree.split('\n')) {
    const [, indent = '', part = '', methods] = /^([│ ]*)[├└]── (\S*)(?: \((.*)\))?$/.exec(line) ?? [];
    const depth = indent.length / 4;
    above.length = depth;
    above[depth] = part;
    if (methods?.includes('POST')) paths.push(above.join(''));
  }
  return paths;
}
