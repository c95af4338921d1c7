import { NONE } from './order-book.ts';

const INITIAL_WORDS = 32;

/**
 * A set of small integers with fast neighbours: one bit each, and over every layer of 32-bit words a layer with one bit for
 * each word that is not 0, up to a single word. It grows to the highest member it was given, by doubling.
 */
export class PriceBitmap {
  #layers: Int32Array[] = layersOver(new Int32Array(INITIAL_WORDS));

  get byteSize(): number {
    return this.#layers.reduce((sum, layer) => sum + layer.byteLength, 0);
  }

  add(member: number): void {
    if (member >>> 5 >= this.#layers[0]!.length) this.#growTo(member);
    let position = member;
    for (const layer of this.#layers) {
      const word = position >>> 5;
      const before = layer[word]!;
      layer[word] = before | (1 << (position & 31));
      if (before !== 0) return;
      position = word;
    }
  }

  delete(member: number): void {
    let position = member;
    for (const layer of this.#layers) {
      const word = position >>> 5;
      const after = layer[word]! & ~(1 << (position & 31));
      layer[word] = after;
      if (after !== 0) return;
      position = word;
    }
  }

  /** The smallest member >= `from`, -1 when none; `from` is at least 0. */
  atOrAbove(from: number): number {
    let position = from;
    for (let depth = 0; depth < this.#layers.length; depth++) {
      const layer = this.#layers[depth]!;
      const word = position >>> 5;
      if (word >= layer.length) return NONE;
      const bits = layer[word]! & (-1 << (position & 31));
      if (bits !== 0) return this.#lowestUnder(depth, word * 32 + lowestBit(bits));
      position = word + 1;
    }
    return NONE;
  }

  /** The largest member <= `from`, -1 when none; `from` is at least -1 and within what the bitmap has grown to. */
  atOrBelow(from: number): number {
    let position = from;
    for (let depth = 0; depth < this.#layers.length && position >= 0; depth++) {
      const word = position >>> 5;
      const bits = this.#layers[depth]![word]! & (-1 >>> (31 - (position & 31)));
      if (bits !== 0) return this.#highestUnder(depth, word * 32 + highestBit(bits));
      position = word - 1;
    }
    return NONE;
  }

  #lowestUnder(depth: number, position: number): number {
    let lowest = position;
    for (let below = depth - 1; below >= 0; below--) lowest = lowest * 32 + lowestBit(this.#layers[below]![lowest]!);
    return lowest;
  }

  #highestUnder(depth: number, position: number): number {
    let highest = position;
    for (let below = depth - 1; below >= 0; below--)
      highest = highest * 32 + highestBit(this.#layers[below]![highest]!);
    return highest;
  }

  #growTo(member: number): void {
    const old = this.#layers[0]!;
    let length = old.length;
    while (member >>> 5 >= length) length *= 2;
    const words = new Int32Array(length);
    words.set(old);
    this.#layers = layersOver(words);
  }
}

/** The bottom layer with all its summaries. */
function layersOver(bottom: Int32Array): Int32Array[] {
  const layers = [bottom];
  for (let below = bottom; below.length > 1; ) {
    const layer = new Int32Array(Math.ceil(below.length / 32));
    for (let word = 0; word < below.length; word++) {
      if (below[word] !== 0) layer[word >>> 5]! |= 1 << (word & 31);
    }
    layers.push(layer);
    below = layer;
  }
  return layers;
}

const lowestBit = (bits: number): number => 31 - Math.clz32(bits & -bits);
const highestBit = (bits: number): number => 31 - Math.clz32(bits);
