import { randomBelow } from './seeded-random.ts';

export const SECTOR_BYTES = 512;

/** The content of one simulated file: what the system shows and what is on the disk. */
export class SimulatedContent {
  shown: Uint8Array;
  durable: Uint8Array;
  /** Sectors that a failed sync dropped: shown as written, but a later sync does not write them unless they are written again. */
  readonly #dropped = new Set<number>();

  constructor(bytes: Uint8Array = new Uint8Array(0)) {
    this.shown = bytes;
    this.durable = bytes;
  }

  write(bytes: Uint8Array, position: number): void {
    const grown = new Uint8Array(Math.max(this.shown.length, position + bytes.length));
    grown.set(this.shown);
    grown.set(bytes, position);
    this.shown = grown;
    const last = Math.floor((position + bytes.length - 1) / SECTOR_BYTES);
    for (let sector = Math.floor(position / SECTOR_BYTES); sector <= last; sector++) this.#dropped.delete(sector);
  }

  truncate(bytes: number): void {
    const resized = new Uint8Array(bytes);
    resized.set(this.shown.subarray(0, bytes));
    this.shown = resized;
    for (const sector of this.#dropped) if (sector * SECTOR_BYTES >= bytes) this.#dropped.delete(sector);
  }

  sync(): void {
    const synced = this.shown.slice();
    for (const sector of this.#dropped) putSector(synced, this.durable, sector);
    this.durable = synced;
  }

  /** Makes the sectors of one write durable, and the size of the file; of others it says nothing. */
  syncWritten(position: number, bytes: number): void {
    const synced = new Uint8Array(this.shown.length);
    synced.set(this.durable.subarray(0, synced.length));
    const first = Math.floor(position / SECTOR_BYTES);
    for (let sector = first; sector * SECTOR_BYTES < position + bytes; sector++) putSector(synced, this.shown, sector);
    this.durable = synced;
  }

  /** What a failed sync leaves: nothing is written, and all that was to be written counts as clean. */
  failSync(): void {
    for (let sector = 0; sector * SECTOR_BYTES < this.shown.length; sector++) {
      if (!sameSector(this.shown, this.durable, sector)) this.#dropped.add(sector);
    }
  }

  /** The file as a power cut leaves it: any choice of the unsynced sectors and of the lengths is on the disk. */
  afterPowerCut(random: () => number): SimulatedContent {
    const lengths = [this.durable.length, this.shown.length];
    const between = Math.min(...lengths) + randomBelow(random, Math.abs(this.shown.length - this.durable.length) + 1);
    const length = [...lengths, between - (between % SECTOR_BYTES)][randomBelow(random, 3)]!;
    const left = new Uint8Array(Math.max(length, Math.min(...lengths)));
    for (let sector = 0; sector * SECTOR_BYTES < left.length; sector++) {
      const isWritten = !this.#dropped.has(sector) && random() < 0.5;
      putSector(left, isWritten ? this.shown : this.durable, sector);
    }
    return new SimulatedContent(left);
  }

  /** The file as the end of the process leaves it: as shown. */
  afterKill(): this {
    return this;
  }
}

function putSector(into: Uint8Array, from: Uint8Array, sector: number): void {
  const start = sector * SECTOR_BYTES;
  const end = Math.min(into.length, start + SECTOR_BYTES);
  into.fill(0, start, end);
  into.set(from.subarray(start, end), start);
}

function sameSector(a: Uint8Array, b: Uint8Array, sector: number): boolean {
  const start = sector * SECTOR_BYTES;
  return Buffer.compare(a.subarray(start, start + SECTOR_BYTES), b.subarray(start, start + SECTOR_BYTES)) === 0;
}
