import { blockHash, lastSequenceOf } from '../block-hash.ts';
import { LogDamageError } from '../errors.ts';
import type { Block, LogHead } from '../port.ts';
import type { OpenFile } from './file-system.ts';
import { FrameCursor } from './frame-cursor.ts';
import { segmentName } from './segment-header.ts';

/** A place between two blocks. */
export interface WalkPosition {
  readonly segment: number;
  /** Byte in the segment's file. */
  readonly offset: number;
  /** The end of the block before. */
  readonly head: LogHead;
}

/** One step along the chain. */
export type WalkStep =
  | { readonly kind: 'block'; readonly block: Block; readonly offset: number }
  | { readonly kind: 'end' }
  | { readonly kind: 'bad'; readonly offset: number; readonly reason: string; readonly isIntactFrame: boolean };

/** Reads the blocks of one segment and checks that each follows the one before, by sequence and by hash. */
export class SegmentWalk {
  readonly #segment: number;
  readonly #cursor: FrameCursor;
  #head: LogHead;

  constructor(file: OpenFile, start: WalkPosition, seed: number) {
    this.#segment = start.segment;
    this.#cursor = new FrameCursor(file, { offset: start.offset, seed });
    this.#head = start.head;
  }

  get position(): WalkPosition {
    return { segment: this.#segment, offset: this.#cursor.offset, head: this.#head };
  }

  async next(): Promise<WalkStep> {
    const step = await this.#cursor.next();
    if (step.kind === 'end') return step;
    if (step.kind === 'bad') return { ...step, isIntactFrame: false };
    const { header, payload, offset } = step;
    const expected = this.#head.lastSequence + 1;
    if (header.firstSequence !== expected) {
      const reason = `the block begins at sequence ${header.firstSequence}, not ${expected}`;
      return { kind: 'bad', offset, reason, isIntactFrame: true };
    }
    if (!equalBytes(header.previousHash, this.#head.hash)) {
      return { kind: 'bad', offset, reason: 'the block does not chain to the one before', isIntactFrame: true };
    }
    const block: Block = { firstSequence: header.firstSequence, count: header.count, payload };
    this.#head = { lastSequence: lastSequenceOf(block), hash: blockHash(this.#head.hash, block) };
    return { kind: 'block', block, offset };
  }

  /** The damage of a step that is not intact. */
  damage(step: { readonly offset: number; readonly reason: string }): LogDamageError {
    return new LogDamageError({ file: segmentName(this.#segment), offset: step.offset }, step.reason);
  }
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
