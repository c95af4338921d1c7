import { type OpenFile, readFully } from './file-system.ts';
import { decodeFrameHeader, FRAME_HEADER_BYTES, type FrameHeader, frameBytes, isBodyIntact } from './frame.ts';

/** Bytes read at once: few for a reader that only fetches the newest blocks, more with every chunk for one that reads on. */
const FIRST_CHUNK_BYTES = 16 * 1024;
const LARGEST_CHUNK_BYTES = 1024 * 1024;

/** One step over a segment file. */
export type CursorStep =
  | { readonly kind: 'frame'; readonly header: FrameHeader; readonly payload: Uint8Array; readonly offset: number }
  | { readonly kind: 'end' }
  | { readonly kind: 'bad'; readonly offset: number; readonly reason: string };

/** Reads the frames of one segment file one after another, in large chunks. Knows nothing of the chain. */
export class FrameCursor {
  readonly #file: OpenFile;
  readonly #seed: number;
  #chunk = new Uint8Array(0);
  #chunkBytes = FIRST_CHUNK_BYTES;
  /** Where `#chunk` begins in the file. */
  #chunkOffset: number;
  #offset: number;

  /** Begins at byte `offset`, the start of a frame. `seed` is the CRC of the log's id. */
  constructor(file: OpenFile, start: { readonly offset: number; readonly seed: number }) {
    this.#file = file;
    this.#seed = start.seed;
    this.#offset = start.offset;
    this.#chunkOffset = start.offset;
  }

  /** Where the next frame begins, in bytes. */
  get offset(): number {
    return this.#offset;
  }

  /** Reads the next frame and moves past it; stays where it is when there is none or it is not intact. */
  async next(): Promise<CursorStep> {
    const offset = this.#offset;
    const head = await this.#view(FRAME_HEADER_BYTES);
    if (head.length === 0) return { kind: 'end' };
    if (head.length < FRAME_HEADER_BYTES) return { kind: 'bad', offset, reason: 'the block header is incomplete' };
    const header = decodeFrameHeader(head, this.#seed);
    if (header === undefined) return { kind: 'bad', offset, reason: 'the block header fails its checksum' };
    const length = frameBytes(header);
    const frame = await this.#view(length);
    if (frame.length < length) return { kind: 'bad', offset, reason: 'the block is incomplete' };
    const body = frame.subarray(FRAME_HEADER_BYTES);
    if (!isBodyIntact(header, body, this.#seed)) {
      return { kind: 'bad', offset, reason: 'the block payload fails its checksum' };
    }
    this.#offset = offset + length;
    return { kind: 'frame', header, payload: body.slice(0, header.payloadBytes), offset };
  }

  /** The next `length` bytes, fewer when the file ends. */
  async #view(length: number): Promise<Uint8Array> {
    const start = this.#offset - this.#chunkOffset;
    if (this.#chunk.length - start < length) {
      const chunk = new Uint8Array(Math.max(this.#chunkBytes, length));
      this.#chunkBytes = Math.min(this.#chunkBytes * 4, LARGEST_CHUNK_BYTES);
      const kept = this.#chunk.subarray(start);
      chunk.set(kept);
      const read = await readFully(this.#file, chunk.subarray(kept.length), this.#offset + kept.length);
      this.#chunk = chunk.subarray(0, kept.length + read);
      this.#chunkOffset = this.#offset;
    }
    const from = this.#offset - this.#chunkOffset;
    return this.#chunk.subarray(from, from + length);
  }
}
