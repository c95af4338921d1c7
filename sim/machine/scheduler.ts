/** One simulated process: what it waits for never comes once it is dead, and comes late while it is paused. */
export class Host {
  isAlive = true;
  /** Virtual time, in microseconds, up to which nothing of it runs. */
  pausedUntilUs = 0;
}

interface Event {
  atUs: number;
  /** Breaks ties: first come, first served. */
  readonly order: number;
  readonly host: Host | undefined;
  readonly run: () => void;
}

/** After so many events the run goes through the loop of the process, which ends it when a rejection was left to nobody. */
const TURN_EVERY = 32;
/**
 * Everything that is still to be done before virtual time may move: all reactions to the last event. A tick that is asked for in a
 * microtask comes when no microtask is left, without the cost of a turn of the loop.
 */
const settled = (): Promise<void> =>
  new Promise((resolve) => {
    queueMicrotask(() => process.nextTick(resolve));
  });
const turned = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Virtual time. Whatever takes time is an event here; between two events only promises that have nothing left to wait for go on, so a
 * run is a function of the order of events alone, and that of the seed.
 */
export class Scheduler {
  #nowUs = 0;
  #count = 0;
  #failure: { readonly error: unknown } | undefined;
  readonly #heap: Event[] = [];

  /** Microseconds since the start of the run. */
  get nowUs(): number {
    return this.#nowUs;
  }

  /** Runs `run` after `delayUs`; never when `host` is dead by then, and not before its pause ends. */
  after(delayUs: number, run: () => void, host?: Host): void {
    this.#push({ atUs: this.#nowUs + delayUs, order: this.#count++, host, run });
  }

  sleep(delayUs: number, host?: Host): Promise<void> {
    return new Promise((resolve) => this.after(delayUs, resolve, host));
  }

  /** Starts work that nobody waits for; what it throws ends the run. */
  spawn(work: () => Promise<void>): void {
    work().catch((error: unknown) => this.fail(error));
  }

  /** Ends the run with this error; the first one counts. */
  fail(error: unknown): void {
    this.#failure ??= { error };
  }

  /** Lets events happen until `isDone` or a failure. */
  async runUntil(isDone: () => boolean): Promise<void> {
    await settled();
    while (this.#failure === undefined && !isDone()) {
      const event = this.#pop();
      if (event === undefined) throw new Error('nothing is left to happen');
      this.#nowUs = event.atUs;
      const { host } = event;
      if (host !== undefined) {
        if (!host.isAlive) continue;
        if (host.pausedUntilUs > this.#nowUs) {
          this.#push({ ...event, atUs: host.pausedUntilUs });
          continue;
        }
      }
      event.run();
      await (event.order % TURN_EVERY === 0 ? turned() : settled());
    }
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  #push(event: Event): void {
    const heap = this.#heap;
    let at = heap.push(event) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(event, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = event;
  }

  #pop(): Event | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= heap.length) break;
      const right = left + 1;
      const child = right < heap.length && isBefore(heap[right]!, heap[left]!) ? right : left;
      if (!isBefore(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

const isBefore = (a: Event, b: Event): boolean => a.atUs < b.atUs || (a.atUs === b.atUs && a.order < b.order);
