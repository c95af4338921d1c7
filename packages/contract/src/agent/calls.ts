import type { Static } from 'typebox';
import { queryAccount } from './account/query-account.ts';
import { queryUserAssets } from './account/query-user-assets.ts';
import type { AgentCall } from './define-agent-call.ts';
import { agentEvents } from './events/events.ts';
import {
  perpetualAccountLedger,
  perpetualCurrentOrders,
  perpetualCurrentPositions,
  perpetualOrderHistory,
  perpetualPositionHistory,
  perpetualTrades,
} from './perpetual/queries.ts';
import { listSupportedFiatCurrencies } from './rates/list-supported-fiat-currencies.ts';
import { queryExchangeRates } from './rates/query-exchange-rates.ts';
import { createEmbedToken } from './sign-on/create-embed-token.ts';
import { createEntryUrl } from './sign-on/create-entry-url.ts';
import { listOrders } from './transfer/list-orders.ts';
import { queryOrder } from './transfer/query-order.ts';
import { reverse } from './transfer/reverse.ts';
import { transfer } from './transfer/transfer.ts';
import { transferAllOut } from './transfer/transfer-all-out.ts';
import { bindUser } from './user/bind.ts';
import { disableUser } from './user/disable-user.ts';
import { setCredentials } from './user/set-credentials.ts';
import { walletTransfer } from './wallet/wallet-transfer.ts';
import { walletTransferStatus } from './wallet/wallet-transfer-status.ts';

/** Every signed call of the Agent API by the name of its operation. */
export const agentOperations = {
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
} as const;

/** Name of an operation of the Agent API. */
export type AgentOperationName = keyof typeof agentOperations;
/** Well-formed body of an operation, beside the signing fields. */
export type AgentBodyOf<Name extends AgentOperationName> = Static<(typeof agentOperations)[Name]['body']>;
/** Whole reply of an operation's success. */
export type AgentReplyOf<Name extends AgentOperationName> = Static<(typeof agentOperations)[Name]['reply']>;

/** The call table of the Agent API. */
export const agentCalls: readonly AgentCall[] = Object.values(agentOperations);
