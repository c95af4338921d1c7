import { memoryUsage } from 'node:process';

type Collect = (options?: { readonly type: 'minor' }) => void;
const collect = (globalThis as { readonly gc?: Collect }).gc;

function collector(): Collect {
  if (collect === undefined) throw new Error('start node with --expose-gc');
  return collect;
}

/** Collects what was made lately, so that nobody pays within the clock for what was made outside of it. */
export function collectYoung(): void {
  collector()({ type: 'minor' });
}

/** Bytes of all that is alive, buffers included. */
export function liveBytes(): number {
  collector()();
  collector()();
  const { heapUsed, external } = memoryUsage();
  return heapUsed + external;
}
