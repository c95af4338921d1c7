import { useSyncExternalStore } from 'react';
import type { FrameStore } from './frame-store.ts';

/** The value of a frame store. */
export function useFrameStore<T>(store: FrameStore<T>): T {
  return useSyncExternalStore(store.subscribe, store.get);
}
