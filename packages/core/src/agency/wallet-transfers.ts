import type { StateReader } from '../state/reader.ts';
import type { StateWriter } from '../state/writer.ts';
import type { AgencyLimits } from './limits.ts';
import { loadWalletTransfer, saveWalletTransfer, type WalletTransferOrder } from './wallet-transfer-order.ts';

type WalletTransferLimits = Pick<AgencyLimits, 'walletTransfers' | 'walletTransfersPerAgent'>;

/** All wallet transfers, for good. */
export class WalletTransfers {
  readonly #limits: WalletTransferLimits;
  /** At its id less one. */
  readonly #orders: WalletTransferOrder[] = [];
  readonly #idsByAgent = new Map<number, Map<string, number>>();

  constructor(limits: WalletTransferLimits) {
    this.#limits = limits;
  }

  isFullFor(agentId: number): boolean {
    const own = this.#idsByAgent.get(agentId)?.size ?? 0;
    return this.#orders.length >= this.#limits.walletTransfers || own >= this.#limits.walletTransfersPerAgent;
  }

  find(agentId: number, orderNo: string): WalletTransferOrder | undefined {
    const id = this.#idsByAgent.get(agentId)?.get(orderNo);
    return id === undefined ? undefined : this.#orders[id - 1];
  }

  add(fields: Omit<WalletTransferOrder, 'walletTransferId'>): WalletTransferOrder {
    const order = { walletTransferId: this.#orders.length + 1, ...fields };
    this.#insert(order);
    return order;
  }

  save(writer: StateWriter): void {
    let previousMs = 0;
    writer.list(this.#orders, (order) => {
      saveWalletTransfer(writer, order, previousMs);
      previousMs = order.createdAtMs;
    });
  }

  static load(reader: StateReader, limits: WalletTransferLimits): WalletTransfers {
    const transfers = new WalletTransfers(limits);
    let previousMs = 0;
    reader.list(() => {
      const order = loadWalletTransfer(reader, transfers.#orders.length + 1, previousMs);
      previousMs = order.createdAtMs;
      transfers.#insert(order);
    });
    return transfers;
  }

  #insert(order: WalletTransferOrder): void {
    this.#orders.push(order);
    const own = this.#idsByAgent.get(order.agentId);
    if (own === undefined) this.#idsByAgent.set(order.agentId, new Map([[order.orderNo, order.walletTransferId]]));
    else own.set(order.orderNo, order.walletTransferId);
  }
}
