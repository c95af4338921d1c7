import type { TransferRecord } from '@openvenue/core';
import type { Committed } from '@openvenue/sequencer';

const DAY_MS = 86_400_000;

interface KnownOrder {
  readonly orderId: number;
  readonly strategyId: number | undefined;
  endedAtMs: number | undefined;
}

/** What must happen at most once, kept apart from the core: client order ids, transfers, nonces and signatures. */
export class OnceOnly {
  readonly #orders = new Map<string, KnownOrder>();
  readonly #keysByOrder = new Map<number, string>();
  readonly #transfers = new Map<string, TransferRecord>();
  readonly #proofs = new Map<string, number>();
  readonly #moved = new Set<string>();

  check(committed: Committed): void {
    this.#checkProof(committed);
    this.#checkOrders(committed);
    this.#checkTransfer(committed);
  }

  #checkOrders({ timeMs, command, reply, events }: Committed): void {
    const isRemembered = (known: KnownOrder | undefined): boolean =>
      known !== undefined && (known.endedAtMs === undefined || timeMs - known.endedAtMs < DAY_MS);
    for (const event of events) {
      if (event.type !== 'order-updated' || event.order.clientOrderId === '') continue;
      const { order, executionType } = event;
      const key = `${order.userId} ${order.clientOrderId}`;
      if (executionType === 'NEW') {
        const before = this.#orders.get(key);
        // The leg of a strategy hands its name on to the order that follows it (STR-2).
        const isSameLeg = order.strategyId !== undefined && before?.strategyId === order.strategyId;
        if (isRemembered(before) && !isSameLeg) throw new Error(`clientOrderId ${key} was taken twice`);
        this.#orders.set(key, { orderId: order.orderId, strategyId: order.strategyId, endedAtMs: undefined });
        this.#keysByOrder.set(order.orderId, key);
      }
      const known = this.#orders.get(key);
      const isOver = order.status !== 'PENDING' && order.status !== 'PARTIALLY_FILLED';
      if (known?.orderId === order.orderId && isOver) known.endedAtMs = timeMs;
    }
    if (command.type !== 'place-order' || reply.ok || reply.reason !== 'DUPLICATE_CLIENT_ORDER_ID') return;
    const key = `${command.actor.userId} ${command.order.clientOrderId}`;
    const known = this.#orders.get(key);
    if (known === undefined || known.orderId !== reply.details.orderId)
      throw new Error(`clientOrderId ${key} was refused for order ${reply.details.orderId}, which did not take it`);
  }

  #checkTransfer({ command, reply, events }: Committed): void {
    for (const event of events) {
      if (event.type !== 'ledger' || event.entry.referenceId === 0) continue;
      const { changeType, referenceId } = event.entry;
      if (!changeType.startsWith('TRANSFER')) continue;
      const key = `${changeType} ${referenceId}`;
      if (this.#moved.has(key)) throw new Error(`transfer ${referenceId} moved money twice`);
      this.#moved.add(key);
    }
    if (!reply.ok || reply.kind !== 'transfer') return;
    if (command.type !== 'transfer' && command.type !== 'transfer-all-out' && command.type !== 'reverse-transfer')
      return;
    const number = command.type === 'reverse-transfer' ? `reverse ${command.reverseOrderNo}` : command.agentOrderNo;
    const key = `${command.agentAuth.agentId} ${number}`;
    const { order } = reply;
    const first = this.#transfers.get(key);
    if (reply.repeated !== (first !== undefined))
      throw new Error(`transfer ${key} was answered as ${reply.repeated ? 'a repeat' : 'new'}`);
    if (first === undefined) {
      this.#transfers.set(key, order);
      return;
    }
    const isSame =
      first.orderId === order.orderId && first.amount === order.amount && first.direction === order.direction;
    const wasFailed = first.status === 'FAILED';
    if (!isSame || (reply.status === 'FAILED') !== wasFailed)
      throw new Error(`transfer ${key} was answered otherwise when it was repeated`);
  }

  /** A nonce or a signature lets a command through once, until it has expired. */
  #checkProof({ timeMs, command, reply }: Committed): void {
    if (!reply.ok) return;
    const auth = 'agentAuth' in command ? command.agentAuth : undefined;
    const actor = 'actor' in command ? command.actor : undefined;
    const proof =
      auth !== undefined
        ? { key: `nonce ${auth.agentId} ${auth.nonceHash}`, expiresAtMs: auth.expiresAtMs }
        : actor?.signatureHash !== undefined
          ? { key: `signature ${actor.signatureHash}`, expiresAtMs: actor.signatureExpiresAtMs ?? 0 }
          : undefined;
    if (proof === undefined) return;
    if ((this.#proofs.get(proof.key) ?? 0) > timeMs) throw new Error(`${proof.key} was accepted twice`);
    this.#proofs.set(proof.key, proof.expiresAtMs);
  }
}
