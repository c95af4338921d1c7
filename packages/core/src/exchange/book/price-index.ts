import type { PriceTicks } from '@openvenue/money';
import { PriceBitmap } from './price-bitmap.ts';

/** A chunk covers 64 neighbouring prices in 256 bytes: this bounds what one order alone at an odd price can cost. */
const CHUNK_SHIFT = 6;
const CHUNK_MASK = (1 << CHUNK_SHIFT) - 1;
const INITIAL_CHUNKS = 16;
const INITIAL_DIRECTORY = 16;

/**
 * Finds the level of a price, and neighbouring prices that have one. The price leads through a directory to a chunk of
 * levels, never through a hash: prices are chosen by users, who could choose colliding ones. Chunks are allocated when their
 * first price is, and reused when their last one leaves. Both sides share the index, because a level has one side at a time
 * and a book that is not crossed has all bids below all asks.
 */
export class PriceIndex {
  readonly #occupied = new PriceBitmap();
  /** Chunk of each 64 prices; 0 is a chunk that stays empty, so that a lookup needs no branch. */
  #directory = new Int32Array(INITIAL_DIRECTORY);
  /** Level of each price of a chunk; 0 is none. In a free chunk the first word is the next free chunk. */
  #chunks = new Int32Array(INITIAL_CHUNKS << CHUNK_SHIFT);
  #levelsInChunk = new Uint8Array(INITIAL_CHUNKS);
  #chunkHighWater = 1;
  #firstFreeChunk = 0;

  /** Chunks ever in use at one time; freed ones are reused before this grows. */
  get chunkCount(): number {
    return this.#chunkHighWater - 1;
  }

  get byteSize(): number {
    return (
      this.#occupied.byteSize + this.#directory.byteLength + this.#chunks.byteLength + this.#levelsInChunk.byteLength
    );
  }

  /** Level of a price, 0 when it has none. */
  find(price: number): number {
    const directory = this.#directory;
    const place = price >>> CHUNK_SHIFT;
    if (place >= directory.length) return 0;
    return this.#chunks[(directory[place]! << CHUNK_SHIFT) | (price & CHUNK_MASK)]!;
  }

  /** Notes the level of a price that has none. */
  add(price: number, level: number): void {
    const place = price >>> CHUNK_SHIFT;
    if (place >= this.#directory.length) this.#growDirectory(place);
    const chunk = this.#directory[place]! || this.#takeChunk(place);
    this.#chunks[(chunk << CHUNK_SHIFT) | (price & CHUNK_MASK)] = level;
    this.#levelsInChunk[chunk]!++;
    this.#occupied.add(price);
  }

  /** Forgets the level of a price that has one. */
  delete(price: number): void {
    const place = price >>> CHUNK_SHIFT;
    const chunk = this.#directory[place]!;
    this.#chunks[(chunk << CHUNK_SHIFT) | (price & CHUNK_MASK)] = 0;
    if (--this.#levelsInChunk[chunk]! === 0) this.#freeChunk(place, chunk);
    this.#occupied.delete(price);
  }

  /** The next occupied price above, -1 when none. */
  above(price: PriceTicks): PriceTicks | -1 {
    return this.#occupied.atOrAbove(price + 1) as PriceTicks | -1;
  }

  /** The next occupied price below one that was occupied, -1 when none. */
  below(price: PriceTicks): PriceTicks | -1 {
    return this.#occupied.atOrBelow(price - 1) as PriceTicks | -1;
  }

  #takeChunk(place: number): number {
    let chunk = this.#firstFreeChunk;
    if (chunk !== 0) {
      this.#firstFreeChunk = this.#chunks[chunk << CHUNK_SHIFT]!;
      this.#chunks[chunk << CHUNK_SHIFT] = 0;
    } else {
      chunk = this.#chunkHighWater++;
      if (chunk === this.#levelsInChunk.length) this.#growChunks();
    }
    this.#directory[place] = chunk;
    return chunk;
  }

  #freeChunk(place: number, chunk: number): void {
    this.#chunks[chunk << CHUNK_SHIFT] = this.#firstFreeChunk;
    this.#firstFreeChunk = chunk;
    this.#directory[place] = 0;
  }

  #growChunks(): void {
    const chunks = new Int32Array(this.#chunks.length * 2);
    chunks.set(this.#chunks);
    this.#chunks = chunks;
    const levelsInChunk = new Uint8Array(this.#levelsInChunk.length * 2);
    levelsInChunk.set(this.#levelsInChunk);
    this.#levelsInChunk = levelsInChunk;
  }

  #growDirectory(place: number): void {
    let length = this.#directory.length;
    while (place >= length) length *= 2;
    const directory = new Int32Array(length);
    directory.set(this.#directory);
    this.#directory = directory;
  }
}
