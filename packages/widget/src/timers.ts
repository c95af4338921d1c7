import type { SetTimer } from '@openvenue/bridge';

/** Timers that can be stopped together. */
export function createTimers(setTimer: SetTimer): { readonly setTimer: SetTimer; cancelAll(): void } {
  const cancels = new Set<() => void>();
  return {
    setTimer: (callback, delayMs) => {
      const cancelTimer = setTimer(() => {
        cancels.delete(cancel);
        callback();
      }, delayMs);
      const cancel = (): void => {
        cancels.delete(cancel);
        cancelTimer();
      };
      cancels.add(cancel);
      return cancel;
    },
    cancelAll: () => {
      for (const cancel of cancels) cancel();
    },
  };
}
