/** Something that has happened since it was last asked for, and a way to wait for it. */
export class Signal {
  #raised = false;
  #wake: (() => void) | undefined;

  raise(): void {
    this.#raised = true;
    this.#wake?.();
  }

  /** Takes back what has been raised and nobody has waited for. */
  lower(): void {
    this.#raised = false;
  }

  /** Resolves when raised, at once when it has been already, or after `timeoutMs`; then it is down again. One waiter at a time. */
  async wait(timeoutMs?: number): Promise<void> {
    if (!this.#raised) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        if (timeoutMs !== undefined) timer = setTimeout(resolve, timeoutMs);
      });
      clearTimeout(timer);
      this.#wake = undefined;
    }
    this.#raised = false;
  }
}
