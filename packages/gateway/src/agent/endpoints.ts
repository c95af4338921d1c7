import type { AgentOperationName } from '@openvenue/contract';
import { bindUser } from './calls/bind.ts';
import { createEmbedToken } from './calls/create-embed-token.ts';
import { createEntryUrl } from './calls/create-entry-url.ts';
import { disableUser } from './calls/disable-user.ts';
import { agentEvents } from './calls/events.ts';
import { listOrders } from './calls/list-orders.ts';
import { listSupportedFiatCurrencies } from './calls/list-supported-fiat-currencies.ts';
import { queryAccount } from './calls/query-account.ts';
import { queryExchangeRates } from './calls/query-exchange-rates.ts';
import { queryOrder } from './calls/query-order.ts';
import { queryUserAssets } from './calls/query-user-assets.ts';
import { reverse } from './calls/reverse.ts';
import { setCredentials } from './calls/set-credentials.ts';
import { transfer } from './calls/transfer.ts';
import { transferAllOut } from './calls/transfer-all-out.ts';
import { walletTransfer } from './calls/wallet-transfer.ts';
import { walletTransferStatus } from './calls/wallet-transfer-status.ts';
import type { AgentEndpoint } from './endpoint.ts';
import {
  perpetualAccountLedger,
  perpetualCurrentOrders,
  perpetualCurrentPositions,
  perpetualOrderHistory,
  perpetualPositionHistory,
  perpetualTrades,
} from './perpetual/queries.ts';

/** Every operation with what it does here; the compiler refuses a missing or a surplus one. */
export const agentEndpoints: Readonly<Record<AgentOperationName, AgentEndpoint>> = {
  bindUser,
  transfer,
  transferAllOut,
  reverse,
  queryOrder,
  listOrders,
  queryAccount,
  queryUserAssets,
  walletTransfer,
  walletTransferStatus,
  setCredentials,
  disableUser,
  agentEvents,
  createEntryUrl,
  createEmbedToken,
  listSupportedFiatCurrencies,
  queryExchangeRates,
  perpetualCurrentOrders,
  perpetualOrderHistory,
  perpetualTrades,
  perpetualCurrentPositions,
  perpetualPositionHistory,
  perpetualAccountLedger,
};
