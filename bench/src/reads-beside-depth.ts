import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { ReadersJob } from './depth-readers.ts';
import type { Key } from './orders.ts';
import { probeReads, type ReadFigures } from './reads.ts';
import { moveBook } from './restless-orders.ts';

const SOCKETS = 2_000;
/** No address has more connections than the venue lets one have. */
const ADDRESSES = 40;
const SETTLE_MS = 500;

export interface ReadsBesideDepth extends ReadFigures {
  /** Updates of the book that all readers got together. */
  readonly messagesPerSecond: number;
}

/** Reads the account and the book of a venue while 2,000 sockets get its depth 20 times a second. */
export async function readsBesideDepth(
  readers: ChildProcess,
  { venueUrl, key, measuredMs }: { readonly venueUrl: string; readonly key: Key; readonly measuredMs: number },
): Promise<ReadsBesideDepth> {
  const ask = async (job: ReadersJob): Promise<number> => {
    readers.send(job);
    const [messages] = (await once(readers, 'message')) as [number];
    return messages;
  };
  await ask({ ask: 'open', port: Number(new URL(venueUrl).port), sockets: SOCKETS, addresses: ADDRESSES });
  const stand = await moveBook(venueUrl, key);
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const before = { messages: await ask({ ask: 'count' }), ms: performance.now() };
  const reads = await probeReads(venueUrl, key, { warmUpMs: 0, measuredMs });
  const messages = (await ask({ ask: 'count' })) - before.messages;
  const seconds = (performance.now() - before.ms) / 1_000;
  await stand();
  await ask({ ask: 'close' });
  return { ...reads, messagesPerSecond: messages / seconds };
}
