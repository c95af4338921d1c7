import { once } from 'node:events';
import { getPriority } from 'node:os';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { yieldToOtherThreads } from './thread-priority.ts';

const MODULE = new URL('./thread-priority.ts', import.meta.url).href;

/** What a thread of its own finds its niceness to be afterwards. */
async function nicenessInThread(niceness: number): Promise<readonly [done: boolean, before: number, after: number]> {
  const source = `
    import { readlinkSync } from 'node:fs';
    import { getPriority } from 'node:os';
    import { parentPort } from 'node:worker_threads';
    import { yieldToOtherThreads } from ${JSON.stringify(MODULE)};
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    const before = getPriority(thread);
    parentPort.postMessage([yieldToOtherThreads(${niceness}), before, getPriority(thread)]);`;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`));
  const [found] = (await once(worker, 'message')) as [readonly [boolean, number, number]];
  await worker.terminate();
  return found;
}

describe.runIf(process.platform === 'linux')('a thread that steps back', () => {
  it('does so alone', async () => {
    const own = getPriority();
    const [isDone, before, after] = await nicenessInThread(own + 3);
    expect({ isDone, before, after }).toEqual({ isDone: true, before: own, after: own + 3 });
    expect(getPriority()).toBe(own);
  });
});

it('what the system does not know is left as it is', () => {
  expect(yieldToOtherThreads(Number.NaN)).toBe(false);
});
