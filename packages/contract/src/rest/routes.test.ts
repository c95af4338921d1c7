import type { TSchema } from 'typebox';
import { Compile } from 'typebox/schema';
import { describe, expect, it } from 'vitest';
import { Failure, Success } from '../envelope.ts';
import { ERROR_CATALOGUE } from '../errors/catalogue.ts';
import {
  expectBounds,
  expectDescriptions,
  expectSupportedKeywords,
  expectWellFormedExamples,
  markedSecrets,
} from '../testing/schema-checks.ts';
import { fieldsOf, nodesOf, requestFieldsOf } from '../testing/schema-nodes.ts';
import * as marketPushes from '../ws/market-push.ts';
import * as wsReplies from '../ws/reply.ts';
import { RequestFrame } from '../ws/request.ts';
import * as userPushes from '../ws/user-push.ts';
import { operations, routes } from './routes.ts';

/** Operation, method, path, auth, bucket, replay guard, strict body. */
const TABLE = `
getVersion GET /v1/version - public no no
getTime GET /v1/time - public no no
login POST /v1/public/user/login - login no no
refreshToken POST /v1/public/user/refresh-token - public no no
logout POST /v1/private/user/logout J private no no
exchangeTicket POST /v1/public/agent-sso/exchange-ticket - public no no
exchangeEmbedToken POST /v1/public/agent-sso/exchange-embed-token - public no no
getSymbols GET /v1/public/market/symbols - public no no
getDepth GET /v1/public/market/depth - public no no
getTrades GET /v1/public/market/trades - public no no
getTicker GET /v1/public/market/ticker - public no no
getKlines GET /v1/public/market/klines - public no no
getFundingTerms GET /v1/public/market/funding-rate - public no no
getCurrentFundingRates GET /v1/public/market/funding-rate/current - public no no
getFundingRateHistory GET /v1/public/market/funding-rate/history - public no no
getUserInfo GET /v1/private/user/info R private no no
getUserAsset GET /v1/private/user/asset R private no no
getAccountChangeLog GET /v1/private/user/account-change-log R private no no
createListenKey POST /v1/private/user/listen-key R private no no
renewListenKey PUT /v1/private/user/listen-key R private no no
deleteListenKey DELETE /v1/private/user/listen-key R private no no
createApiKey POST /v1/private/user/api-key/create J private no no
listApiKeys GET /v1/private/user/api-key/list J private no no
updateApiKey PUT /v1/private/user/api-key/update J private no no
deleteApiKey POST /v1/private/user/api-key/delete J private no no
deleteAllApiKeys POST /v1/private/user/api-key/delete-all J private no no
placeOrder POST /v1/private/order/place T order yes yes
previewOrder POST /v1/private/order/preview T private yes yes
batchPlaceOrders POST /v1/private/order/batch-place T order yes yes
cancelOrder POST /v1/private/order/cancel T cancel yes yes
moveOrder POST /v1/private/order/move T order yes yes
batchMoveOrders POST /v1/private/order/batch-move T order yes yes
batchCancelOrders POST /v1/private/order/batch-cancel T cancel yes yes
batchCancelAllOrders POST /v1/private/order/batch-cancel-all T cancel yes yes
cancelAllAfter POST /v1/private/order/cancel-all-after T cancel yes yes
placeCondition POST /v1/private/order/place-condition T order yes yes
cancelCondition POST /v1/private/order/cancel-condition T cancel yes yes
placeStrategy POST /v1/private/order/place-strategy T order yes yes
getOrder GET /v1/private/order T private yes no
getCurrentOrders GET /v1/private/order/current T private yes no
getCurrentConditions GET /v1/private/order/current-condition T private yes no
getOrderHistory GET /v1/private/order/history T private yes no
getConditionHistory GET /v1/private/order/history-condition T private yes no
getOrderTrades GET /v1/private/order/trades T private yes no
getStrategy GET /v1/private/order/strategy T private yes no
setLeverage POST /v1/private/position/leverage T private yes yes
setMarginMode POST /v1/private/position/margin-mode T private yes yes
adjustMargin POST /v1/private/position/margin T private yes yes
getPositionSettings GET /v1/private/position/settings T private no no
getPositions GET /v1/private/position/positions T private no no
getPositionHistory GET /v1/private/position/history T private no no
`;

/** Fields of `data`, literally; a list's rows after the colon. */
const DATA_FIELDS: Readonly<Record<string, string>> = {
  getVersion: 'service version commit date market',
  getTime: 'timestamp timestampMs iso timezone',
  login: 'accessToken accessExpire',
  refreshToken: 'accessToken accessExpire',
  logout: '',
  exchangeTicket: 'accessToken accessExpire redirectPath returnUrl',
  exchangeEmbedToken: 'accessToken accessExpire',
  getSymbols:
    'list: symbol baseAsset quoteAsset minQuantity minNotional tickSize stepSize pricePrecision quantityPrecision maxLimitOrderQty maxMarketOrderQty maxOpenOrders defaultLeverage defaultMarginMode status leverageTiers(tier minNotional maxNotional maxLeverage maintenanceMarginRate maintenanceAmount) handlingFeeLevelConfig(level minVolume30d makerFeeRate takerFeeRate)',
  getDepth: 'version bids asks',
  getTrades: 'list(tradeId price quantity side ts)',
  getTicker:
    'list(symbol lastPrice markPrice indexPrice openPrice highPrice lowPrice volume quoteVolume priceChange priceChangePercent bestBid bestBidQty bestAsk bestAskQty fundingRate nextFundingTime openInterest)',
  getKlines: 'list(openTime open high low close volume closeTime)',
  getFundingTerms: 'list(symbol intervalHours interestRate cap floor)',
  getCurrentFundingRates: 'list(symbol fundingRate nextFundingTime markPrice indexPrice) total',
  getFundingRateHistory: 'list(symbol fundingRate fundingTime markPrice) total',
  getUserInfo: 'userInfo(userId username agentId vipLevel lastLoginAt lastLoginIp)',
  getUserAsset:
    'userAsset(userId assetType walletBalance frozenMargin usedMargin availableBalance unrealizedPnl marginBalance maintenanceMargin marginRatio)',
  getAccountChangeLog:
    'list(assetType amount walletBalanceBefore walletBalanceAfter frozenBalanceBefore frozenBalanceAfter changeType referenceId createdAt) total',
  createListenKey: 'listenKey expireAt',
  renewListenKey: '',
  deleteListenKey: '',
  createApiKey: 'apiKey apiSecret',
  listApiKeys: 'list(id label apiKey permissions ipWhitelist status lastUsedAt createdAt)',
  updateApiKey: '',
  deleteApiKey: '',
  deleteAllApiKeys: 'deleted',
  placeOrder: 'orderId clientOrderId status timestamp',
  previewOrder:
    'required margin handlingFee estimatedFillPrice worstFillPrice liqPriceAfter availableAfter leverageTier warnings',
  cancelOrder: 'orderId clientOrderId status timestamp',
  moveOrder: 'orderId clientOrderId status timestamp',
  batchCancelAllOrders: '',
  cancelAllAfter: '',
  placeCondition: 'conditionId conditionStatus timestamp',
  cancelCondition: 'conditionId conditionStatus timestamp',
  placeStrategy: 'strategyId strategyStatus timestamp',
  getOrder:
    'orderId clientOrderId symbol type side positionSide price quantity filledQuantity remainingQuantity avgFilledPrice timeInForce reduceOnly makerOnly closePosition placeType status rejectReason handlingFee realizedPnl strategyId conditionId createdAt updatedAt',
  getCurrentConditions:
    'list(conditionId clientOrderId symbol type side positionSide price quantity stopPrice workingType priceProtect activatePrice callbackRate timeInForce reduceOnly closePosition status watermark triggerPrice rejectReason rejectCode generatedOrderId strategyId createdAt updatedAt) total',
  getOrderTrades:
    'list(fillId tradeId orderId symbol side roleType price quantity tradeValue handlingFee realizedPnl positionSide createdAt) total',
  setLeverage: 'symbol leverage timestamp',
  setMarginMode: '',
  adjustMargin: 'symbol positionSide margin timestamp',
  getPositionSettings: 'symbol marginMode leverage',
  getPositionHistory:
    'list(symbol positionSide leverage maxQuantity entryPrice closePrice pnl roe marginMode triggerMode fundingFeeAccum openedAt closedAt) total',
  getPositions:
    'positions(symbol marginMode positionSide leverage quantity entryPrice breakEvenPrice liqPrice marginRatio unrealizedPnl roe nextFundingFee fundingFeeAccum tpPrice slPrice markPrice margin maintenanceMargin notional adlQuantile)',
};

/** Fields of the request, literally; `?` marks what may be left out. */
const REQUEST_FIELDS: Readonly<Record<string, string>> = {
  login: 'username password deviceId? deviceName?',
  exchangeTicket: 'ticket deviceId?',
  exchangeEmbedToken: 'embedToken channelId deviceId?',
  getDepth: 'symbol limit?',
  getTrades: 'symbol limit?',
  getTicker: 'symbol?',
  getKlines: 'symbol interval priceType? startTime? endTime? limit?',
  getFundingTerms: 'symbol?',
  getCurrentFundingRates: 'symbol? page? pageSize?',
  getFundingRateHistory: 'symbol startTime? endTime? page? pageSize?',
  getAccountChangeLog: 'assetType? changeType? startTime? endTime? page? pageSize?',
  renewListenKey: 'listenKey',
  deleteListenKey: 'listenKey',
  createApiKey: 'label permissions? ipWhitelist?',
  updateApiKey: 'id label? permissions? ipWhitelist? status?',
  deleteApiKey: 'id',
  placeOrder:
    'symbol type side positionSide? price? quantity? timeInForce? reduceOnly? makerOnly? closePosition? clientOrderId? placeType? selfTradePrevention? priceType? takeProfit? stopLoss?',
  previewOrder:
    'symbol type side positionSide? price? quantity? timeInForce? reduceOnly? makerOnly? closePosition? clientOrderId? placeType? selfTradePrevention? priceType? takeProfit? stopLoss?',
  batchPlaceOrders: 'orders',
  cancelOrder: 'symbol orderId? clientOrderId?',
  moveOrder: 'symbol orderId? clientOrderId? price? quantity?',
  batchMoveOrders: 'symbol orders',
  batchCancelOrders: 'orders',
  batchCancelAllOrders: 'symbol? cancelType?',
  cancelAllAfter: 'timeoutMs keepReduceOnly?',
  placeCondition:
    'symbol type side positionSide? price? quantity? timeInForce? reduceOnly? clientOrderId? stopPrice? workingType? priceProtect? activatePrice? callbackRate? closePosition?',
  cancelCondition: 'symbol conditionId? clientOrderId?',
  placeStrategy: 'strategyType subOrderList',
  getOrder: 'symbol orderId? clientOrderId?',
  getCurrentOrders: 'symbol? limit? lastOrderId?',
  getOrderHistory: 'symbol? orderId? clientOrderId? type? side? status? startTime? endTime? page? pageSize?',
  getCurrentConditions: 'symbol?',
  getConditionHistory: 'symbol? side? status? startTime? endTime? page? pageSize?',
  getStrategy: 'strategyId',
  getOrderTrades: 'symbol? orderId? startTime? endTime? page? pageSize?',
  setLeverage: 'symbol leverage',
  setMarginMode: 'symbol marginMode',
  adjustMargin: 'symbol positionSide amount',
  getPositionSettings: 'symbol',
  getPositions: 'symbol?',
  getPositionHistory: 'symbol? side? startTime? endTime? page? pageSize?',
};

const pushSchemas = [
  marketPushes.DepthPush,
  marketPushes.TradePush,
  marketPushes.KlinePush,
  marketPushes.TickerPush,
  marketPushes.TickersPush,
];
const wsSchemas = [
  RequestFrame,
  wsReplies.SubscriptionReply,
  wsReplies.PongReply,
  wsReplies.OrderOpReply,
  wsReplies.ErrorReply,
  wsReplies.AuthReply,
  ...pushSchemas,
  userPushes.UserPush,
  userPushes.ConnectionPush,
];
const requestSchemas = Object.entries(operations).flatMap(([name, route]) => [
  [`${name}.query`, route.query] as const,
  [`${name}.body`, route.body] as const,
  [`${name}.documentedBody`, route.documentedBody] as const,
]);
const allSchemas: readonly (readonly [string, TSchema])[] = [
  ...requestSchemas,
  ...Object.entries(operations).map(([name, route]) => [`${name}.data`, route.data] as const),
  ['failure', Failure],
  ...wsSchemas.map((schema, index) => [`ws${index}`, schema] as const),
];

const yesNo = (value: boolean): string => (value ? 'yes' : 'no');

describe('route table', () => {
  it('is the contract, literally', () => {
    const rows = Object.entries(operations).map(([name, route]) =>
      [
        name,
        route.method,
        route.path,
        route.auth,
        route.rateLimit,
        yesNo(route.replayGuard),
        yesNo(route.strictBody),
      ].join(' '),
    );
    expect(rows).toEqual(TABLE.trim().split('\n'));
  });

  it('has every method and path once', () => {
    const keys = routes.map((route) => `${route.method} ${route.path}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(routes).toHaveLength(Object.keys(operations).length);
  });

  it('lists names of the catalogue by ascending code, with what auth and form imply', () => {
    const order = ERROR_CATALOGUE.map((entry) => entry.name);
    for (const route of routes) {
      const positions = route.errors.map((name) => order.indexOf(name));
      expect(positions).toEqual(positions.toSorted((a, b) => a - b));
      expect(route.errors).toContain('RATE_LIMITED');
      expect(route.errors.includes('TOKEN_REVOKED')).toBe(route.auth !== '-' || route === operations.refreshToken);
      expect(route.errors.includes('DUPLICATE_REQUEST')).toBe(route.replayGuard);
    }
    expect(operations.placeOrder.errors).toContain('FOK_NOT_FILLABLE');
    expect(operations.getTime.errors).toEqual(['INTERNAL_ERROR', 'TEMPORARILY_UNAVAILABLE', 'RATE_LIMITED']);
  });

  it('says what happens to the refresh cookie', () => {
    const cookies = Object.entries(operations).flatMap(([name, route]) =>
      route.refreshCookie ? [[name, route.refreshCookie]] : [],
    );
    expect(cookies).toEqual([
      ['login', 'sets'],
      ['refreshToken', 'rotates'],
      ['logout', 'clears'],
      ['exchangeTicket', 'sets'],
    ]);
  });
});

describe('schemas', () => {
  it.each(allSchemas)('%s compiles, and every field has a description', expectDescriptions);
  it.each(allSchemas)('%s: every example is well-formed', expectWellFormedExamples);
  it.each(requestSchemas)('%s uses the keywords that the walk knows', expectSupportedKeywords);
  it.each(requestSchemas)('%s bounds every text, array and number', expectBounds);

  it('refuses unknown fields of order and position bodies on every level, and of no other', () => {
    for (const route of routes) {
      const bodies = [...nodesOf(route.body, 'body'), ...nodesOf(route.documentedBody, 'body')];
      for (const { node } of bodies.filter((found) => found.node.type === 'object')) {
        expect(node.additionalProperties === false).toBe(route.strictBody);
      }
      for (const { node } of nodesOf(route.query, 'query')) expect(node.additionalProperties).toBeUndefined();
    }
  });

  it('marks every secret', () => {
    const secrets = markedSecrets(allSchemas, /password|secret|token$|ticket$|listenKey$/i);
    expect(secrets).toEqual(['accessToken', 'apiSecret', 'embedToken', 'listenKey', 'password', 'ticket']);
  });
});

describe('field names', () => {
  it.each(Object.entries(operations).map(([name, route]) => [name, route] as const))('request of %s', (name, route) => {
    const query = requestFieldsOf(route.query);
    const body = requestFieldsOf(route.body);
    expect([query, body].filter((fields) => fields !== '').join(' ')).toBe(REQUEST_FIELDS[name] ?? '');
  });

  it.each(Object.entries(operations).map(([name, route]) => [name, route] as const))('data of %s', (name, route) => {
    const order = DATA_FIELDS['getOrder'];
    const conditions = DATA_FIELDS['getCurrentConditions'];
    const condition = conditions?.slice('list('.length, -') total'.length);
    const batch = `successCount failedCount results(code message orderId clientOrderId status timestamp details(${fieldsOf(
      Failure.properties.details,
    )}))`;
    const expected: Readonly<Record<string, string>> = {
      ...DATA_FIELDS,
      getSymbols: (DATA_FIELDS['getSymbols'] ?? '').replace('list: ', 'list(').replace(') handling', ')) handling'),
      getCurrentOrders: `list(${order}) total`,
      getOrderHistory: `list(${order}) total`,
      getConditionHistory: `${conditions}`,
      getStrategy: `strategyId strategyType strategyStatus bookTime subOrders(strategySubId status order(${order}) condition(${condition})) updateTime`,
      batchPlaceOrders: batch,
      batchMoveOrders: batch,
      batchCancelOrders: batch,
    };
    expect(fieldsOf(route.data)).toBe(expected[name]);
  });

  it('optional fields of an order in a reply', () => {
    const optional = requestFieldsOf(operations.getOrder.data)
      .split(' ')
      .filter((field) => field.endsWith('?'));
    expect(optional).toEqual(['rejectReason?', 'strategyId?', 'conditionId?']);
  });

  it('optional fields of a condition order in a reply', () => {
    const optional = requestFieldsOf(operations.getCurrentConditions.data.properties.list.items)
      .split(' ')
      .filter((field) => field.endsWith('?'));
    expect(optional.join(' ')).toBe('watermark? triggerPrice? rejectReason? rejectCode? generatedOrderId? strategyId?');
  });
});

describe('envelope', () => {
  const success = Compile(Success(operations.getTime.data));
  const failure = Compile(Failure);
  const data = { timestamp: 1, timestampMs: 1_000, iso: '1970-01-01T00:00:01.000Z', timezone: 'UTC' };

  it('is code, message, data and requestId', () => {
    expect(success.Check({ code: 0, message: 'success', data, requestId: 'r' })).toBe(true);
    expect(success.Check({ code: 1, message: 'success', data, requestId: 'r' })).toBe(false);
    expect(success.Check({ code: 0, message: 'ok', data, requestId: 'r' })).toBe(false);
    expect(success.Check({ code: 0, message: 'success', requestId: 'r' })).toBe(false);
  });

  it('is code, message and requestId for a failure, with typed details', () => {
    expect(failure.Check({ code: 1003, message: 'Invalid token', requestId: 'r' })).toBe(true);
    expect(failure.Check({ code: 1005, message: 'x', requestId: 'r' })).toBe(false);
    const details = {
      field: 'price',
      value: '1.23',
      rule: 'a multiple of 0.1',
      below: '1.2',
      above: '1.3',
      bestBid: '1',
      bestAsk: '2',
      bound: '3',
      required: '5',
      available: '-1',
      status: 'CANCELED',
      problems: [{ field: 'a', rule: 'b' }],
    };
    expect(failure.Check({ code: 2002, message: 'x', requestId: 'r', details })).toBe(true);
    expect(failure.Check({ code: 2002, message: 'x', requestId: 'r', details: { required: 5 } })).toBe(false);
  });
});
