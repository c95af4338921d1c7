/** Who is told of something. A listener that throws does not keep the others from being told: its error is thrown by itself. */
export class Listeners<T> {
  readonly #listeners = new Set<(value: T) => void>();

  get count(): number {
    return this.#listeners.size;
  }

  /** Adds a listener. Returns the function that removes it. */
  add(listener: (value: T) => void): () => void {
    const own = (value: T) => listener(value);
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  }

  tell(value: T): void {
    for (const listener of this.#listeners) {
      try {
        listener(value);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
