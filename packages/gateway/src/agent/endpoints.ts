import type { AgentOperationName } from '@openvenue/contract';
import { bindUser } from './calls/bind.ts';
import { createEmbedToken } from './calls/create-embed-token.ts';
import { createEntryUrl } from './calls/create-entry-url.ts';
import { agentEvents } from './calls/events.ts';
import { listOrders } from './calls/list-orders.ts';
import { queryAccount } from './calls/query-account.ts';
import { queryOrder } from './calls/query-order.ts';
import { queryUserAssets } from './calls/query-user-assets.ts';
import { reverse } from './calls/reverse.ts';
import { transfer } from './calls/transfer.ts';
import { transferAllOut } from './calls/transfer-all-out.ts';
import type { AgentEndpoint } from './endpoint.ts';

/** Operations that are declared and not served here: unknown paths to whoever calls them. */
export type UnservedAgentOperation = 'walletTransfer' | 'walletTransferStatus' | 'setCredentials' | 'disableUser';

/** Every operation that is served with what it does here; the compiler refuses a missing or a surplus one. */
export const agentEndpoints: Readonly<Record<Exclude<AgentOperationName, UnservedAgentOperation>, AgentEndpoint>> = {
  bindUser,
  transfer,
  transferAllOut,
  reverse,
  queryOrder,
  listOrders,
  queryAccount,
  queryUserAssets,
  agentEvents,
  createEntryUrl,
  createEmbedToken,
};
