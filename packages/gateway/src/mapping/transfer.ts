import assert from 'node:assert/strict';
import type { AgentOrderView, WebhookBody as WebhookView } from '@openvenue/contract';
import type { AgentUserReference, Core, TransferRecord, WebhookBody } from '@openvenue/core';
import { formatDecimal } from '@openvenue/money';

/** Where the ids of users are looked up. */
export type UserIds = Pick<Core, 'agency' | 'identity'>;

const iso = (timeMs: number): string => new Date(timeMs).toISOString();

/** A user as his agent knows him: by the agent's id and by the venue's. */
export function userIdsOf(
  core: UserIds,
  userId: number,
): { readonly agentUserId: string; readonly platformUserId: string } {
  const binding = core.agency.binding(userId);
  const user = core.identity.userById(userId);
  assert(binding !== undefined && user !== undefined, 'a transfer is of a bound user');
  return { agentUserId: binding.agentUserId, platformUserId: user.externalUserId };
}

/** Both ids of the user whom a request names; `''` for one that is not known, as the user is then not bound yet. */
export function namedUser(
  core: UserIds,
  agentId: number,
  user: AgentUserReference,
): { readonly agentUserId: string; readonly platformUserId: string } {
  const resolved = core.agency.resolveUser(core.identity, { agentId, user });
  if (resolved.ok) return userIdsOf(core, resolved.binding.userId);
  const { agentUserId = '', platformUserId = '' } = user;
  return { agentUserId, platformUserId };
}

/** A transfer as the queries show it. */
export function transferView(order: TransferRecord, core: UserIds): AgentOrderView {
  return {
    orderNo: order.orderNo,
    status: order.status,
    direction: order.direction,
    transferMode: order.transferMode,
    currency: order.currency,
    amount: formatDecimal(order.amount),
    ...userIdsOf(core, order.userId),
    failReason: order.failReason,
    createdAt: iso(order.createdAtMs),
    completedAt: iso(order.completedAtMs),
  };
}

/** A webhook as agents read it, fields in the order of the contract. */
export function webhookView(webhook: WebhookBody, core: UserIds): WebhookView {
  return {
    event: webhook.event,
    orderType: webhook.orderType,
    orderId: webhook.orderId,
    orderNo: webhook.orderNo,
    targetStatus: webhook.targetStatus,
    direction: webhook.direction,
    transferMode: webhook.transferMode,
    currency: webhook.currency,
    amount: formatDecimal(webhook.amount),
    agentCode: webhook.agentCode,
    ...userIdsOf(core, webhook.userId),
    failReason: webhook.failReason,
    createdAt: iso(webhook.createdAtMs),
    completedAt: iso(webhook.completedAtMs),
  };
}
