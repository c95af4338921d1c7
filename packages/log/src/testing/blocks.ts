import { lastSequenceOf } from '../block-hash.ts';
import type { Block, LogReader, OpenedLog, ReadOptions } from '../port.ts';

/** All that one read yields. */
export async function readAll(reader: LogReader, afterSequence = 0, options?: ReadOptions): Promise<Block[]> {
  const blocks: Block[] = [];
  for await (const block of reader.read(afterSequence, options)) blocks.push(block);
  return blocks;
}

/** A block whose payload of `bytes` bytes depends on its sequence and holds no zero byte. */
export function exampleBlock(
  firstSequence: number,
  shape: { readonly count?: number; readonly bytes?: number } = {},
): Block {
  const payload = new Uint8Array(shape.bytes ?? 40);
  for (let i = 0; i < payload.length; i++) payload[i] = 1 + ((firstSequence * 31 + i * 7) % 255);
  return { firstSequence, count: shape.count ?? 1, payload };
}

/** Appends example blocks of these record counts to the end of the log and returns them. */
export async function appendBlocks(
  { log }: Pick<OpenedLog, 'log'>,
  counts: readonly number[],
  bytes?: number,
): Promise<Block[]> {
  const blocks: Block[] = [];
  for (const count of counts) {
    const block = exampleBlock(log.head.lastSequence + 1, bytes === undefined ? { count } : { count, bytes });
    await log.append(block);
    blocks.push(block);
  }
  return blocks;
}

/** Blocks in a form that compares by content, whatever kind of byte array their payloads are. */
export function comparable(blocks: readonly Block[]): string[] {
  return blocks.map((block) => {
    const payload = Buffer.from(block.payload).toString('base64');
    return `${block.firstSequence}..${lastSequenceOf(block)}:${payload}`;
  });
}
