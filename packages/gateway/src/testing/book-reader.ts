import { depthChecksum } from '@openvenue/contract';
import { expect } from 'vitest';
import type { WsMessage } from './ws-test-client.ts';

type LevelText = [price: string, quantity: string];

interface DepthData {
  readonly type: 'snapshot' | 'update';
  readonly startVersion?: number;
  readonly endVersion: number;
  readonly bids: readonly LevelText[];
  readonly asks: readonly LevelText[];
  readonly checksum: number;
}

/** A client's book, made of the messages of one depth topic alone; it refuses gaps and wrong checksums. */
export class BookReader {
  readonly #bids = new Map<string, string>();
  readonly #asks = new Map<string, string>();
  version = -1;
  snapshots = 0;
  updates = 0;
  /** Most versions that one update stood for. */
  longestSpan = 0;

  read(message: WsMessage): void {
    const data = message.data as unknown as DepthData;
    if (data.type === 'snapshot') {
      this.#bids.clear();
      this.#asks.clear();
      this.snapshots++;
    } else {
      expect(data.startVersion).toBe(this.version + 1);
      this.updates++;
      this.longestSpan = Math.max(this.longestSpan, data.endVersion - this.version);
    }
    this.version = data.endVersion;
    for (const [levels, side] of [
      [data.bids, this.#bids],
      [data.asks, this.#asks],
    ] as const)
      for (const [price, quantity] of levels)
        if (quantity === '0') side.delete(price);
        else side.set(price, quantity);
    expect(depthChecksum(this.book())).toBe(data.checksum);
  }

  book(): { bids: LevelText[]; asks: LevelText[] } {
    return {
      bids: [...this.#bids].sort((a, b) => Number(b[0]) - Number(a[0])),
      asks: [...this.#asks].sort((a, b) => Number(a[0]) - Number(b[0])),
    };
  }
}
