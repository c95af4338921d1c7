import type { AgentOrderType, TransferDirection } from '@openvenue/contract';

/** The direction that a query calls by its own name. */
export const directionOf = (orderType: AgentOrderType): TransferDirection =>
  orderType === 'TRANSFER_IN' ? 'IN' : 'OUT';
