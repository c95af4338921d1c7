import type { HttpMethod, RouteAuth } from '@openvenue/contract';

/** One call of the client: the operation of the contract that it stands for, and how it travels. */
export interface Endpoint {
  readonly operation: string;
  readonly method: HttpMethod;
  readonly path: string;
  /** `-` anyone, `J` a login session only, `R` a session or a key with read, `T` a session or a key with trade. */
  readonly auth: RouteAuth;
}

const PUBLIC = '/v1/public';
const PRIVATE = '/v1/private';

/** Every call of the client by group and name. */
export const ENDPOINTS = {
  venue: {
    version: { operation: 'getVersion', method: 'GET', path: '/v1/version', auth: '-' },
    time: { operation: 'getTime', method: 'GET', path: '/v1/time', auth: '-' },
  },
  session: {
    login: { operation: 'login', method: 'POST', path: `${PUBLIC}/user/login`, auth: '-' },
    refresh: { operation: 'refreshToken', method: 'POST', path: `${PUBLIC}/user/refresh-token`, auth: '-' },
    logout: { operation: 'logout', method: 'POST', path: `${PRIVATE}/user/logout`, auth: 'J' },
    exchangeTicket: {
      operation: 'exchangeTicket',
      method: 'POST',
      path: `${PUBLIC}/agent-sso/exchange-ticket`,
      auth: '-',
    },
    exchangeEmbedToken: {
      operation: 'exchangeEmbedToken',
      method: 'POST',
      path: `${PUBLIC}/agent-sso/exchange-embed-token`,
      auth: '-',
    },
  },
  market: {
    symbols: { operation: 'getSymbols', method: 'GET', path: `${PUBLIC}/market/symbols`, auth: '-' },
    depth: { operation: 'getDepth', method: 'GET', path: `${PUBLIC}/market/depth`, auth: '-' },
    trades: { operation: 'getTrades', method: 'GET', path: `${PUBLIC}/market/trades`, auth: '-' },
    klines: { operation: 'getKlines', method: 'GET', path: `${PUBLIC}/market/klines`, auth: '-' },
    fundingTerms: { operation: 'getFundingTerms', method: 'GET', path: `${PUBLIC}/market/funding-rate`, auth: '-' },
    currentFundingRates: {
      operation: 'getCurrentFundingRates',
      method: 'GET',
      path: `${PUBLIC}/market/funding-rate/current`,
      auth: '-',
    },
    fundingRateHistory: {
      operation: 'getFundingRateHistory',
      method: 'GET',
      path: `${PUBLIC}/market/funding-rate/history`,
      auth: '-',
    },
    ticker: { operation: 'getTicker', method: 'GET', path: `${PUBLIC}/market/ticker`, auth: '-' },
  },
  user: {
    info: { operation: 'getUserInfo', method: 'GET', path: `${PRIVATE}/user/info`, auth: 'R' },
    asset: { operation: 'getUserAsset', method: 'GET', path: `${PRIVATE}/user/asset`, auth: 'R' },
    accountChangeLog: {
      operation: 'getAccountChangeLog',
      method: 'GET',
      path: `${PRIVATE}/user/account-change-log`,
      auth: 'R',
    },
    createListenKey: { operation: 'createListenKey', method: 'POST', path: `${PRIVATE}/user/listen-key`, auth: 'R' },
    renewListenKey: { operation: 'renewListenKey', method: 'PUT', path: `${PRIVATE}/user/listen-key`, auth: 'R' },
    deleteListenKey: { operation: 'deleteListenKey', method: 'DELETE', path: `${PRIVATE}/user/listen-key`, auth: 'R' },
  },
  apiKey: {
    create: { operation: 'createApiKey', method: 'POST', path: `${PRIVATE}/user/api-key/create`, auth: 'J' },
    list: { operation: 'listApiKeys', method: 'GET', path: `${PRIVATE}/user/api-key/list`, auth: 'J' },
    update: { operation: 'updateApiKey', method: 'PUT', path: `${PRIVATE}/user/api-key/update`, auth: 'J' },
    delete: { operation: 'deleteApiKey', method: 'POST', path: `${PRIVATE}/user/api-key/delete`, auth: 'J' },
    deleteAll: { operation: 'deleteAllApiKeys', method: 'POST', path: `${PRIVATE}/user/api-key/delete-all`, auth: 'J' },
  },
  order: {
    place: { operation: 'placeOrder', method: 'POST', path: `${PRIVATE}/order/place`, auth: 'T' },
    preview: { operation: 'previewOrder', method: 'POST', path: `${PRIVATE}/order/preview`, auth: 'T' },
    batchPlace: { operation: 'batchPlaceOrders', method: 'POST', path: `${PRIVATE}/order/batch-place`, auth: 'T' },
    cancel: { operation: 'cancelOrder', method: 'POST', path: `${PRIVATE}/order/cancel`, auth: 'T' },
    move: { operation: 'moveOrder', method: 'POST', path: `${PRIVATE}/order/move`, auth: 'T' },
    batchMove: { operation: 'batchMoveOrders', method: 'POST', path: `${PRIVATE}/order/batch-move`, auth: 'T' },
    batchCancel: { operation: 'batchCancelOrders', method: 'POST', path: `${PRIVATE}/order/batch-cancel`, auth: 'T' },
    batchCancelAll: {
      operation: 'batchCancelAllOrders',
      method: 'POST',
      path: `${PRIVATE}/order/batch-cancel-all`,
      auth: 'T',
    },
    cancelAllAfter: {
      operation: 'cancelAllAfter',
      method: 'POST',
      path: `${PRIVATE}/order/cancel-all-after`,
      auth: 'T',
    },
    placeCondition: {
      operation: 'placeCondition',
      method: 'POST',
      path: `${PRIVATE}/order/place-condition`,
      auth: 'T',
    },
    cancelCondition: {
      operation: 'cancelCondition',
      method: 'POST',
      path: `${PRIVATE}/order/cancel-condition`,
      auth: 'T',
    },
    placeStrategy: { operation: 'placeStrategy', method: 'POST', path: `${PRIVATE}/order/place-strategy`, auth: 'T' },
    get: { operation: 'getOrder', method: 'GET', path: `${PRIVATE}/order`, auth: 'T' },
    current: { operation: 'getCurrentOrders', method: 'GET', path: `${PRIVATE}/order/current`, auth: 'T' },
    currentConditions: {
      operation: 'getCurrentConditions',
      method: 'GET',
      path: `${PRIVATE}/order/current-condition`,
      auth: 'T',
    },
    conditionHistory: {
      operation: 'getConditionHistory',
      method: 'GET',
      path: `${PRIVATE}/order/history-condition`,
      auth: 'T',
    },
    strategy: { operation: 'getStrategy', method: 'GET', path: `${PRIVATE}/order/strategy`, auth: 'T' },
    history: { operation: 'getOrderHistory', method: 'GET', path: `${PRIVATE}/order/history`, auth: 'T' },
    trades: { operation: 'getOrderTrades', method: 'GET', path: `${PRIVATE}/order/trades`, auth: 'T' },
  },
  position: {
    leverage: { operation: 'setLeverage', method: 'POST', path: `${PRIVATE}/position/leverage`, auth: 'T' },
    marginMode: { operation: 'setMarginMode', method: 'POST', path: `${PRIVATE}/position/margin-mode`, auth: 'T' },
    margin: { operation: 'adjustMargin', method: 'POST', path: `${PRIVATE}/position/margin`, auth: 'T' },
    settings: { operation: 'getPositionSettings', method: 'GET', path: `${PRIVATE}/position/settings`, auth: 'T' },
    positions: { operation: 'getPositions', method: 'GET', path: `${PRIVATE}/position/positions`, auth: 'T' },
    history: { operation: 'getPositionHistory', method: 'GET', path: `${PRIVATE}/position/history`, auth: 'T' },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Endpoint>>>>;
