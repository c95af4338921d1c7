import fc from 'fast-check';
import { type TSchema, Type } from 'typebox';
import { Compile } from 'typebox/schema';
import { describe, expect, it } from 'vitest';
import { firstProblem, type SchemaNode } from '../first-problem.ts';
import {
  expectBounds,
  expectDescriptions,
  expectSupportedKeywords,
  expectWellFormedExamples,
  markedSecrets,
} from '../testing/schema-checks.ts';
import { fieldsOf, nodesOf, requestFieldsOf } from '../testing/schema-nodes.ts';
import { valuesFor } from '../testing/values-for-schema.ts';
import { compileValidator } from '../validation.ts';
import { type AgentOperationName, agentCalls, agentOperations } from './calls.ts';
import { agentErrorOf } from './error-catalogue.ts';
import { AgentFailure } from './failure.ts';
import { SigningFields } from './signing.ts';
import { AGENT_VERSION_PATH, AgentVersion } from './version.ts';

/** Operation, path, kind, codes beyond those of every call. */
const TABLE = `
bindUser /v1/agent/bind command
transfer /v1/agent/transfer command 6102 6103 6104
transferAllOut /v1/agent/transfer-all-out command 6102 6103 6104
reverse /v1/agent/reverse command 6101 6102 6105
queryOrder /v1/agent/query-order query 6101 6905
listOrders /v1/agent/list-orders query 6905
queryAccount /v1/agent/query-account query 6905
queryUserAssets /v1/agent/query-user-assets query 6905
walletTransfer /v1/agent/wallet-transfer command 6102 6103 6104
walletTransferStatus /v1/agent/wallet-transfer-status query 6101 6905
setCredentials /v1/agent/set-credentials command 6103
disableUser /v1/agent/disable-user command 6103
agentEvents /v1/agent/events query 6905
createEntryUrl /v1/agent/create-entry-url command 6103
createEmbedToken /v1/agent/create-embed-token command 6103
listSupportedFiatCurrencies /v1/agent/list-supported-fiat-currencies query 6905
queryExchangeRates /v1/agent/query-exchange-rates query 6905
perpetualCurrentOrders /v1/agent/perpetual/orders/current query 6905
perpetualOrderHistory /v1/agent/perpetual/orders/history query 6905
perpetualTrades /v1/agent/perpetual/trades query 6905
perpetualCurrentPositions /v1/agent/perpetual/positions/current query 6905
perpetualPositionHistory /v1/agent/perpetual/positions/history query 6905
perpetualAccountLedger /v1/agent/perpetual/account/ledger query 6905
`;
const CODES_OF_EVERY_CALL = [6001, 6002, 6003, 6004, 6009, 6904, 102001, 102002, 102003];

/** Fields of the request beside the signing fields, literally; `?` marks what may be left out. */
const REQUEST_FIELDS: Readonly<Record<AgentOperationName, string>> = {
  bindUser: 'agentUserId username? ext?',
  transfer: 'agentOrderNo agentUserId? platformUserId? direction currency? amount environment?',
  transferAllOut: 'agentOrderNo agentUserId? platformUserId? currency? environment?',
  reverse: 'origOrderNo reverseOrderNo reverseReason environment?',
  queryOrder: 'orderNo orderType environment?',
  listOrders: 'orderType? status? startTime? endTime? page? pageSize? environment?',
  queryAccount: 'currency?',
  queryUserAssets: 'platformUserId includeFunding? environment?',
  walletTransfer: 'agentOrderNo agentUserId? platformUserId? direction currency? amount? transferAll? environment?',
  walletTransferStatus: 'agentOrderNo? orderNo? environment?',
  setCredentials: 'agentUserId username password',
  disableUser: 'agentUserId disabled',
  agentEvents: 'afterSeq limit?',
  createEntryUrl: 'agentUserId redirectPath? returnUrl?',
  createEmbedToken: 'agentUserId channelId symbol?',
  listSupportedFiatCurrencies: '',
  queryExchangeRates: 'sourceCurrencies?',
  perpetualCurrentOrders: 'platformUserIds? limit? cursor? orderCategory? symbol?',
  perpetualOrderHistory:
    'platformUserIds? limit? cursor? orderCategory? symbol? startTime? endTime? orderId? conditionId? clientOrderId? side? status?',
  perpetualTrades: 'platformUserIds? limit? cursor? symbol? startTime? endTime? orderId?',
  perpetualCurrentPositions: 'platformUserIds? limit? cursor? symbol?',
  perpetualPositionHistory: 'platformUserIds? limit? cursor? symbol? positionSide? startTime? endTime?',
  perpetualAccountLedger: 'platformUserIds? limit? cursor? assetType? changeType? startTime? endTime?',
};

const ORDER =
  'orderNo status direction transferMode currency amount agentUserId platformUserId failReason createdAt completedAt';
const WEBHOOK =
  'event orderType orderId orderNo targetStatus direction transferMode currency amount agentCode agentUserId platformUserId failReason createdAt completedAt';
const WALLET_TRANSFER =
  'orderNo status direction currency amount transferAll agentUserId platformUserId resultCode environment?';

/** Fields of the reply beside `code` and `message`, literally; `?` marks those that answer a question of the request. */
const REPLY_FIELDS: Readonly<Record<AgentOperationName, string>> = {
  bindUser: 'platformUserId bindStatus isSimulatedUser',
  transfer: 'orderNo orderStatus agentUserId platformUserId environment?',
  transferAllOut: 'orderNo orderStatus agentUserId platformUserId amount environment?',
  reverse: 'orderStatus environment?',
  queryOrder: `orderType ${ORDER} environment?`,
  listOrders: 'total page pageSize orders environment?',
  queryAccount: 'agentCode agentStatus assets',
  queryUserAssets:
    'platformUserId walletBalance frozenMargin usedMargin availableBalance isolatedMargin version isSimulatedUser funding? environment?',
  walletTransfer: WALLET_TRANSFER,
  walletTransferStatus: WALLET_TRANSFER,
  setCredentials: 'username',
  disableUser: 'userStatus',
  agentEvents: 'events lastSeq',
  createEntryUrl: 'webUrl expireAt',
  createEmbedToken: 'embedToken expireAt',
  listSupportedFiatCurrencies: 'targetCurrency sourceCurrencies',
  queryExchangeRates:
    'snapshotVersion provider sourceDate fetchedAt expiresAt pricingPolicy usdtUsdRate rateType usage rateMeaning rates',
  perpetualCurrentOrders: 'data',
  perpetualOrderHistory: 'data',
  perpetualTrades: 'data',
  perpetualCurrentPositions: 'data',
  perpetualPositionHistory: 'data',
  perpetualAccountLedger: 'data',
};

const entries = Object.entries(agentOperations).map(([name, call]) => [name as AgentOperationName, call] as const);
const requestSchemas: readonly (readonly [string, TSchema])[] = [
  ...entries.map(([name, call]) => [`${name}.body`, call.body] as const),
  ['signing', SigningFields],
];
const replySchemas: readonly (readonly [string, TSchema])[] = [
  ...entries.map(([name, call]) => [`${name}.reply`, call.reply] as const),
  ['failure', AgentFailure],
  ['version', AgentVersion],
];
const allSchemas = [...requestSchemas, ...replySchemas];

describe('call table', () => {
  it('is the contract, literally', () => {
    const rows = entries.map(([name, call]) => {
      const codes = call.errors.map((error) => agentErrorOf(error).code);
      const own = codes.filter((code) => !CODES_OF_EVERY_CALL.includes(code));
      return [name, call.path, call.kind, ...own].join(' ');
    });
    expect(rows).toEqual(TABLE.trim().split('\n'));
  });

  it('lists the codes of every call, ascending', () => {
    for (const { errors } of agentCalls) {
      const codes = errors.map((error) => agentErrorOf(error).code);
      expect(codes).toEqual(codes.toSorted((a, b) => a - b));
      expect(codes).toEqual(expect.arrayContaining(CODES_OF_EVERY_CALL));
    }
  });

  it('has every path once, all signed and POST', () => {
    expect(new Set(agentCalls.map((call) => call.path)).size).toBe(entries.length);
    for (const call of agentCalls) expect([call.method, call.auth]).toEqual(['POST', 'signed']);
    expect(AGENT_VERSION_PATH).toBe('/version');
  });
});

describe('field names', () => {
  it.each(entries)('request of %s', (name, call) => {
    expect(requestFieldsOf(call.body)).toBe(REQUEST_FIELDS[name]);
  });

  it.each(entries)('reply of %s', (name, call) => {
    expect(requestFieldsOf(call.reply)).toBe(`code message ${REPLY_FIELDS[name]}`);
  });

  it('of the lists and of what has no list', () => {
    const { listOrders, queryAccount, queryUserAssets, agentEvents, queryExchangeRates } = agentOperations;
    expect(fieldsOf(queryExchangeRates.reply.properties.rates.items)).toBe('sourceCurrency targetCurrency rate');
    expect(fieldsOf(listOrders.reply.properties.orders.items)).toBe(ORDER);
    expect(fieldsOf(queryAccount.reply.properties.assets.items)).toBe('currency depositBalance');
    expect(fieldsOf(queryUserAssets.reply.properties.funding)).toBe(
      'assetCode availableAmount heldAmount totalAmount materialized',
    );
    expect(fieldsOf(agentEvents.reply.properties.events.items)).toBe(`${WEBHOOK} seq`);
    expect(requestFieldsOf(SigningFields)).toBe('agentCode timestamp nonce sign');
    expect(requestFieldsOf(AgentVersion)).toBe('service version commit date');
    expect(requestFieldsOf(AgentFailure)).toBe('code message');
  });
});

describe('schemas', () => {
  it.each(allSchemas)('%s: descriptions', expectDescriptions);
  it.each(allSchemas)('%s: examples', expectWellFormedExamples);
  it.each(requestSchemas)('%s: keywords', expectSupportedKeywords);
  it.each(requestSchemas)('%s: bounds', expectBounds);

  it('refuse unknown fields in replies on every level, and in no request', () => {
    for (const [name, schema] of replySchemas) {
      for (const { path, node } of nodesOf(schema, name)) {
        if (node.type === 'object') expect(node.additionalProperties, path).toBe(false);
      }
    }
    for (const [name, schema] of requestSchemas) {
      for (const { path, node } of nodesOf(schema, name)) expect(node.additionalProperties, path).toBeUndefined();
    }
  });

  it('hold what every reply holds', () => {
    const checks = entries.map(([, call]) => Compile(Type.Pick(call.reply, ['code', 'message'])));
    expect(checks.every((check) => check.Check({ code: 0, message: 'success' }))).toBe(true);
    expect(checks.some((check) => check.Check({ code: 0, message: 'ok' }))).toBe(false);
    expect(checks.some((check) => check.Check({ code: 6001, message: 'success' }))).toBe(false);
  });

  it('mark every secret', () => {
    const secrets = markedSecrets(allSchemas, /password|secret|token$|^sign$|webUrl$/i);
    expect(secrets).toEqual(['embedToken', 'password', 'sign', 'webUrl']);
  });
});

describe('the walk says what the compiled check says', () => {
  it.each(requestSchemas)('%s', (_, schema) => {
    const node = schema as SchemaNode;
    const validator = compileValidator(schema);
    fc.assert(
      fc.property(valuesFor(node), (value) => {
        expect(validator.validate(value).ok).toBe(firstProblem(node, value) === undefined);
      }),
      { numRuns: 150 },
    );
  });
});
