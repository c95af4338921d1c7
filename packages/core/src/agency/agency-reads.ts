import type { Agent } from './agents.ts';
import type { Binding } from './bindings.ts';
import { moneyHeld } from './deposit.ts';
import type { FundingWallet } from './funding-wallets.ts';
import { MAX_ORDER_PAGE_SIZE, MAX_WEBHOOKS_READ } from './limits.ts';
import type { OrderFilter } from './order-list.ts';
import type { DeadWebhook, PendingWebhook } from './outbox.ts';
import type { UserDirectory } from './ports.ts';
import { type ResolvedUser, resolveUser, type UserSearch } from './resolve-user.ts';
import type { AgencyState } from './state.ts';
import { type TransferRecord, transferRecord } from './transfer-order.ts';
import { type WalletTransferRecord, walletTransferRecord } from './wallet-transfer-order.ts';
import { type WebhookBody, webhookBody } from './webhook-body.ts';

export interface OrderQuery extends OrderFilter {
  readonly agentId: number;
  /** From 1. */
  readonly page: number;
  /** 1 to {@link MAX_ORDER_PAGE_SIZE}. */
  readonly pageSize: number;
}

/** What may be read of agents between two commands. Nothing here changes state. */
export class AgencyReads {
  readonly #state: AgencyState;

  constructor(state: AgencyState) {
    this.#state = state;
  }

  agent(agentId: number): Agent | undefined {
    return this.#state.agents.get(agentId);
  }

  agentByCode(agentCode: string): Agent | undefined {
    return this.#state.agents.byCode(agentCode);
  }

  /** By ascending id. */
  agents(): IterableIterator<Agent> {
    return this.#state.agents.all();
  }

  /** The origins at which any agent that is not disabled may embed the terminal, each once. */
  frameOrigins(): readonly string[] {
    const origins = new Set<string>();
    for (const agent of this.#state.agents.all()) {
      if (!agent.disabled) for (const origin of agent.origins) origins.add(origin);
    }
    return [...origins];
  }

  /** Whose user this is; undefined for a user without an agent. */
  binding(userId: number): Binding | undefined {
    return this.#state.bindings.of(userId);
  }

  /** The agent's users in the order of binding. */
  users(agentId: number): IterableIterator<Binding> {
    return this.#state.bindings.ofAgent(agentId);
  }

  resolveUser(directory: UserDirectory, search: UserSearch): ResolvedUser {
    return resolveUser(this.#state.bindings, directory, search);
  }

  transfer(agentId: number, orderNo: string): TransferRecord | undefined {
    const order = this.#state.orders.transfer(agentId, orderNo);
    return order === undefined ? undefined : transferRecord(order);
  }

  reverse(agentId: number, reverseOrderNo: string): TransferRecord | undefined {
    const order = this.#state.orders.reverse(agentId, reverseOrderNo);
    return order === undefined ? undefined : transferRecord(order);
  }

  walletTransfer(agentId: number, orderNo: string): WalletTransferRecord | undefined {
    const order = this.#state.walletTransfers.find(agentId, orderNo);
    return order === undefined ? undefined : walletTransferRecord(order);
  }

  /** The user's funding wallet; empty for one through which nothing has moved. */
  fundingWallet(userId: number): FundingWallet {
    return this.#state.fundingWallets.of(userId);
  }

  /** A transfer or reverse by the venue's number. */
  order(orderId: number): TransferRecord | undefined {
    const order = this.#state.orders.get(orderId);
    return order === undefined ? undefined : transferRecord(order);
  }

  /**
   * The agent's transfers, newest first, and how many pass the filter.
   * @throws RangeError for a page that does not exist anywhere: the caller has not checked it
   */
  transfers({ agentId, page, pageSize, ...filter }: OrderQuery): {
    readonly total: number;
    readonly orders: readonly TransferRecord[];
  } {
    if (!Number.isSafeInteger(page) || page < 1 || !(pageSize >= 1 && pageSize <= MAX_ORDER_PAGE_SIZE)) {
      throw new RangeError(`no page ${page} of ${pageSize}`);
    }
    const window = { skip: (page - 1) * pageSize, take: pageSize };
    const { total, orders } = this.#state.orders.page(agentId, filter, window);
    return { total, orders: orders.map(transferRecord) };
  }

  /** Sequence of the agent's last webhook, 0 before the first. */
  lastWebhookSeq(agentId: number): number {
    return this.#state.outboxes.get(agentId)?.lastSeq ?? 0;
  }

  /** The agent's newest webhooks after `seq`, in order, at most `limit` and {@link MAX_WEBHOOKS_READ} of them. */
  webhooksAfter(agentId: number, seq: number, limit: number): readonly WebhookBody[] {
    const webhooks = this.#state.outboxes.get(agentId)?.after(seq, Math.min(limit, MAX_WEBHOOKS_READ)) ?? [];
    return webhooks.flatMap((webhook) => webhookBody(this.#state, agentId, webhook) ?? []);
  }

  /** One that is pending, dead or among the newest. */
  webhook(agentId: number, seq: number): WebhookBody | undefined {
    const webhook = this.#state.outboxes.get(agentId)?.find(seq);
    return webhook === undefined ? undefined : webhookBody(this.#state, agentId, webhook);
  }

  /** In the order in which their delivery began. */
  pendingWebhooks(agentId: number): readonly PendingWebhook[] {
    return [...(this.#state.outboxes.get(agentId)?.allPending() ?? [])];
  }

  /** Whether an earlier webhook about the same order is still to be delivered; this one then waits. */
  isWebhookBlocked(agentId: number, webhook: PendingWebhook): boolean {
    return this.#state.outboxes.get(agentId)?.isBlocked(webhook) === true;
  }

  /** In the order in which they died. */
  deadWebhooks(agentId: number): readonly DeadWebhook[] {
    return [...(this.#state.outboxes.get(agentId)?.allDead() ?? [])];
  }

  /** Deposits and commissions of all agents and funding wallets of all users: the agency's part of the money in the venue (INV-1). */
  moneyHeld(): bigint {
    return moneyHeld(this.#state);
  }

  /** All that came into deposits from outside, less all that left them for there (INV-1). */
  external(): bigint {
    return this.#state.external;
  }
}
