import type { AgentOperationName, OperationName } from '@openvenue/contract';
import type { SeededRandom } from '@openvenue/core/testing';
import type { Member } from './member.ts';

type Body = Readonly<Record<string, unknown>>;

/** A call that the venue would take, or refuse for a reason of its own: what the mutations begin from. */
export interface Sample {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Body;
}

export interface Drawn {
  readonly member: Member;
  readonly random: SeededRandom;
}

const SYMBOL = 'BTCUSDT';
const order = ({ random }: Drawn): Body => ({
  symbol: SYMBOL,
  type: 'LIMIT',
  side: 'BUY',
  positionSide: 'BOTH',
  price: String(random.integer(20_000, 20_100)),
  quantity: '0.01',
  timeInForce: random.pick(['GTC', 'IOC']),
  clientOrderId: `fuzz-${random.next32()}`,
  placeType: 'fuzz',
});
const market = ({ random }: Drawn): Body => ({
  symbol: SYMBOL,
  type: 'MARKET',
  side: random.pick(['BUY', 'SELL']),
  quantity: '0.001',
});
const condition = (drawn: Drawn): Body => ({
  symbol: SYMBOL,
  type: 'STOP_MARKET',
  side: 'SELL',
  quantity: '0.01',
  stopPrice: '20000',
  workingType: 'MARK_PRICE',
  clientOrderId: `stop-${drawn.random.next32()}`,
});
const leg = { symbol: SYMBOL, side: 'BUY', quantity: '0.01' };
const known = ({ member }: Drawn): Body => ({ symbol: SYMBOL, orderId: member.orderId });
const page = { page: '1', pageSize: '20' };
const times = { startTime: '0', endTime: '1900000000000' };

/** A call of each operation; the compiler refuses a missing one. */
export const SAMPLES: Readonly<Record<OperationName, (drawn: Drawn) => Sample>> = {
  getVersion: () => ({}),
  getTime: () => ({}),
  login: ({ random }) => ({
    body: { username: `nobody-${random.integer(0, 99)}`, password: 'wrong password', deviceId: 'd', deviceName: 'n' },
  }),
  refreshToken: () => ({}),
  logout: () => ({}),
  exchangeTicket: () => ({ body: { ticket: 'x'.repeat(43), deviceId: 'd' } }),
  exchangeEmbedToken: () => ({ body: { embedToken: 'x'.repeat(43), channelId: 'tw_1', deviceId: 'd' } }),
  getSymbols: () => ({}),
  getDepth: () => ({ query: { symbol: SYMBOL, limit: '20' } }),
  getTrades: () => ({ query: { symbol: SYMBOL, limit: '20' } }),
  getTicker: () => ({ query: { symbol: SYMBOL } }),
  getKlines: () => ({ query: { symbol: SYMBOL, interval: '1m', limit: '20', ...times } }),
  getFundingTerms: () => ({ query: { symbol: SYMBOL } }),
  getCurrentFundingRates: () => ({ query: { symbol: SYMBOL, ...page } }),
  getFundingRateHistory: () => ({ query: { symbol: SYMBOL, ...times, ...page } }),
  getPnlLeaderboard: () => ({ query: { period: '7d' } }),
  getUserInfo: () => ({}),
  getUserAsset: () => ({}),
  getAccountChangeLog: () => ({ query: { assetType: 'USDT', changeType: 'TRANSFER_IN', ...times, ...page } }),
  getVolumeStats: () => ({}),
  getBalanceHistory: () => ({ query: { period: '1D', limit: '30' } }),
  getTradeOverview: () => ({ query: { type: '1D' } }),
  getAssetOverviewSummary: () => ({ query: { type: '1W' } }),
  getAssetOverviewTrend: () => ({ query: { type: '1M' } }),
  getFundingAsset: () => ({}),
  setFavoriteSymbols: () => ({ body: { symbols: [SYMBOL] } }),
  getFavoriteSymbols: () => ({}),
  transferBetweenWallets: () => ({ body: { direction: 'CONTRACT_TO_FUNDING', amount: '0.01' } }),
  createListenKey: () => ({}),
  renewListenKey: ({ member }) => ({ body: { listenKey: member.listenKey } }),
  deleteListenKey: ({ member }) => ({ body: { listenKey: member.listenKey } }),
  createApiKey: () => ({ body: { label: 'fuzz', permissions: 3, ipWhitelist: ['192.0.2.0/24'] } }),
  listApiKeys: () => ({}),
  updateApiKey: ({ member }) => ({
    body: { id: member.keyId, label: 'renamed', permissions: 3, ipWhitelist: ['192.0.2.1'], status: 1 },
  }),
  deleteApiKey: ({ member }) => ({ body: { id: member.keyId } }),
  deleteAllApiKeys: () => ({}),
  placeOrder: (drawn) => ({ body: drawn.random.chance(1, 3) ? market(drawn) : order(drawn) }),
  previewOrder: (drawn) => ({ body: order(drawn) }),
  batchPlaceOrders: (drawn) => ({ body: { orders: [order(drawn), order(drawn)] } }),
  cancelOrder: (drawn) => ({ body: known(drawn) }),
  moveOrder: (drawn) => ({ body: { ...known(drawn), price: '20050', quantity: '0.02' } }),
  batchMoveOrders: ({ member }) => ({
    body: { symbol: SYMBOL, orders: [{ orderId: member.orderId, price: '20060', quantity: '0.03' }] },
  }),
  batchCancelOrders: (drawn) => ({ body: { orders: [known(drawn), { symbol: SYMBOL, clientOrderId: 'none' }] } }),
  batchCancelAllOrders: () => ({ body: { symbol: SYMBOL, cancelType: 0 } }),
  cancelAllAfter: () => ({ body: { timeoutMs: 60_000, keepReduceOnly: true } }),
  placeCondition: (drawn) => ({ body: condition(drawn) }),
  cancelCondition: ({ member }) => ({ body: { symbol: SYMBOL, conditionId: member.conditionId } }),
  placeStrategy: () => ({
    body: {
      strategyType: 'OCO',
      subOrderList: [
        {
          ...leg,
          strategySubId: 1,
          type: 'LIMIT',
          price: '20000',
          firstDrivenId: 2,
          firstDrivenOn: 'PARTIALLY_FILLED_OR_FILLED',
          firstTrigger: 'CANCEL_ORDER',
        },
        {
          ...leg,
          strategySubId: 2,
          type: 'STOP_MARKET',
          stopPrice: '9000000',
          firstDrivenId: 1,
          firstDrivenOn: 'PARTIALLY_FILLED_OR_FILLED',
          firstTrigger: 'CANCEL_ORDER',
        },
      ],
    },
  }),
  getOrder: ({ member }) => ({ query: { symbol: SYMBOL, orderId: member.orderId } }),
  getCurrentOrders: ({ member }) => ({ query: { symbol: SYMBOL, limit: '10', lastOrderId: member.orderId } }),
  getCurrentConditions: () => ({ query: { symbol: SYMBOL } }),
  getOrderHistory: ({ member }) => ({
    query: { symbol: SYMBOL, orderId: member.orderId, type: '1', side: '1', status: '2', ...times, ...page },
  }),
  getConditionHistory: () => ({ query: { symbol: SYMBOL, side: '1', status: '2', ...times, ...page } }),
  getOrderTrades: ({ member }) => ({ query: { symbol: SYMBOL, orderId: member.orderId, ...times, ...page } }),
  getStrategy: () => ({ query: { strategyId: '4000000000000000001' } }),
  setLeverage: ({ random }) => ({ body: { symbol: 'ETHUSDT', leverage: random.integer(1, 20) } }),
  setMarginMode: ({ random }) => ({ body: { symbol: 'ETHUSDT', marginMode: random.integer(1, 2) } }),
  adjustMargin: () => ({ body: { symbol: SYMBOL, positionSide: 'BOTH', amount: '1' } }),
  getPositionSettings: () => ({ query: { symbol: SYMBOL } }),
  getPositions: () => ({ query: { symbol: SYMBOL } }),
  getPositionHistory: () => ({ query: { symbol: SYMBOL, side: 'long', ...times, ...page } }),
};

const perpetual = ({ member }: Drawn): Body => ({ platformUserIds: [member.platformUserId], pageSize: 20 });

/** The same for the Agent API. */
export const AGENT_SAMPLES: Readonly<Record<AgentOperationName, (drawn: Drawn) => Body>> = {
  bindUser: ({ random }) => ({ agentUserId: `bound-${random.integer(0, 50)}` }),
  transfer: ({ member, random }) => ({
    agentOrderNo: `T-${random.next32()}`,
    agentUserId: member.agentUserId,
    direction: random.pick(['IN', 'OUT']),
    amount: '1.5',
  }),
  transferAllOut: ({ random }) => ({ agentOrderNo: `A-${random.next32()}`, agentUserId: 'bound-0' }),
  reverse: ({ random }) => ({ origOrderNo: 'T-1', reverseOrderNo: `R-${random.next32()}`, reverseReason: 'fuzz' }),
  queryOrder: () => ({ orderNo: 'T-1', orderType: 'TRANSFER_IN' }),
  listOrders: () => ({ page: 1, pageSize: 20 }),
  queryAccount: () => ({}),
  queryUserAssets: ({ member }) => ({ platformUserId: member.platformUserId }),
  walletTransfer: ({ member, random }) => ({
    agentOrderNo: `W-${random.next32()}`,
    agentUserId: member.agentUserId,
    direction: 'PARTNER_TO_FUNDING',
    amount: '1',
  }),
  walletTransferStatus: () => ({ agentOrderNo: 'W-1' }),
  setCredentials: () => ({ agentUserId: 'bound-0', username: 'bound.user', password: 'open sesame' }),
  disableUser: () => ({ agentUserId: 'bound-1', disabled: false }),
  agentEvents: () => ({ afterSeq: 0 }),
  createEntryUrl: () => ({ agentUserId: 'bound-0', redirectPath: '/trade/BTCUSDT' }),
  createEmbedToken: () => ({ agentUserId: 'bound-0', channelId: 'tw_1' }),
  listSupportedFiatCurrencies: () => ({}),
  queryExchangeRates: () => ({}),
  perpetualCurrentOrders: (drawn) => ({ ...perpetual(drawn), orderCategory: 'NORMAL' }),
  perpetualOrderHistory: (drawn) => ({ ...perpetual(drawn), orderCategory: 'NORMAL' }),
  perpetualTrades: perpetual,
  perpetualCurrentPositions: perpetual,
  perpetualPositionHistory: perpetual,
  perpetualAccountLedger: perpetual,
};
