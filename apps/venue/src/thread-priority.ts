import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';

/** Where Linux names the thread that asks: `<process>/task/<thread>`. */
const SELF = '/proc/thread-self';

/**
 * Has the calling thread step back behind the others of the machine while processors are scarce. `niceness`: 0 for no change, up to 19.
 * Only Linux knows a niceness of threads; elsewhere, or where `/proc` is not there, nothing is done and false is returned.
 */
export function yieldToOtherThreads(niceness: number): boolean {
  if (process.platform !== 'linux') return false;
  try {
    const thread = Number(readlinkSync(SELF).split('/').at(-1));
    // Of a process's id the system changes that one thread alone, whose id is the process's; so of any thread's.
    setPriority(thread, niceness);
    return true;
  } catch {
    return false;
  }
}
