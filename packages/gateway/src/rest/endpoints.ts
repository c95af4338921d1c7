import type { OperationName } from '@openvenue/contract';
import type { Endpoint } from '../http/endpoint.ts';
import { createApiKey } from './api-key/create.ts';
import { deleteApiKey } from './api-key/delete.ts';
import { deleteAllApiKeys } from './api-key/delete-all.ts';
import { listApiKeys } from './api-key/list.ts';
import { updateApiKey } from './api-key/update.ts';
import { createListenKey } from './listen-key/create.ts';
import { deleteListenKey } from './listen-key/delete.ts';
import { renewListenKey } from './listen-key/renew.ts';
import { getDepth } from './market/depth.ts';
import { getFundingTerms } from './market/funding-rate.ts';
import { getCurrentFundingRates } from './market/funding-rate-current.ts';
import { getFundingRateHistory } from './market/funding-rate-history.ts';
import { getKlines } from './market/klines.ts';
import { getSymbols } from './market/symbols.ts';
import { getTicker } from './market/ticker.ts';
import { getTrades } from './market/trades.ts';
import { batchCancelOrders } from './order/batch-cancel.ts';
import { batchCancelAllOrders } from './order/batch-cancel-all.ts';
import { batchMoveOrders } from './order/batch-move.ts';
import { batchPlaceOrders } from './order/batch-place.ts';
import { cancelOrder } from './order/cancel.ts';
import { cancelAllAfter } from './order/cancel-all-after.ts';
import { cancelCondition } from './order/cancel-condition.ts';
import { getCurrentOrders } from './order/current.ts';
import { getCurrentConditions } from './order/current-condition.ts';
import { getOrder } from './order/get-order.ts';
import { getOrderHistory } from './order/history.ts';
import { getConditionHistory } from './order/history-condition.ts';
import { moveOrder } from './order/move.ts';
import { placeOrder } from './order/place.ts';
import { placeCondition } from './order/place-condition.ts';
import { placeStrategy } from './order/place-strategy.ts';
import { previewOrder } from './order/preview.ts';
import { getStrategy } from './order/strategy.ts';
import { getOrderTrades } from './order/trades.ts';
import { getPositionHistory } from './position/history.ts';
import { setLeverage } from './position/leverage.ts';
import { adjustMargin } from './position/margin.ts';
import { setMarginMode } from './position/margin-mode.ts';
import { getPositions } from './position/positions.ts';
import { getPositionSettings } from './position/settings.ts';
import { login } from './session/login.ts';
import { logout } from './session/logout.ts';
import { refreshToken } from './session/refresh-token.ts';
import { exchangeEmbedToken } from './sign-on/exchange-embed-token.ts';
import { exchangeTicket } from './sign-on/exchange-ticket.ts';
import { getAccountChangeLog } from './user/account-change-log.ts';
import { getUserAsset } from './user/asset.ts';
import { getUserInfo } from './user/info.ts';
import { getTime } from './venue/get-time.ts';
import { getVersion } from './venue/get-version.ts';

/** Every operation of the contract with what it does here; the compiler refuses a missing or a surplus one. */
export const endpoints: Readonly<Record<OperationName, Endpoint>> = {
  getVersion,
  getTime,
  login,
  refreshToken,
  logout,
  exchangeTicket,
  exchangeEmbedToken,
  getSymbols,
  getDepth,
  getTrades,
  getTicker,
  getKlines,
  getFundingTerms,
  getCurrentFundingRates,
  getFundingRateHistory,
  getUserInfo,
  getUserAsset,
  getAccountChangeLog,
  createListenKey,
  renewListenKey,
  deleteListenKey,
  createApiKey,
  listApiKeys,
  updateApiKey,
  deleteApiKey,
  deleteAllApiKeys,
  placeOrder,
  previewOrder,
  batchPlaceOrders,
  cancelOrder,
  moveOrder,
  batchMoveOrders,
  batchCancelOrders,
  batchCancelAllOrders,
  cancelAllAfter,
  placeCondition,
  cancelCondition,
  placeStrategy,
  getOrder,
  getCurrentOrders,
  getCurrentConditions,
  getOrderHistory,
  getConditionHistory,
  getOrderTrades,
  getStrategy,
  setLeverage,
  setMarginMode,
  adjustMargin,
  getPositionSettings,
  getPositions,
  getPositionHistory,
};
