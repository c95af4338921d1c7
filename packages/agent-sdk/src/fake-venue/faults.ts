/** Most faults that wait for their request at a time. */
export const MAX_FAULTS = 1_000;

interface FaultScope {
  /** Meets only calls of this path, such as `/v1/agent/transfer`; default every signed call. */
  readonly path?: string;
  /** How many requests it meets, default 1. */
  readonly times?: number;
}

export type Fault = FaultScope &
  (
    | /** The connection breaks before anything happens. */ { readonly kind: 'lose-request' }
    | /** The call takes effect, then the connection breaks. */ { readonly kind: 'lose-reply' }
    | /** The call takes effect, then half of the answer arrives. */ { readonly kind: 'cut-reply' }
    | /** The call waits before it takes effect, or its answer waits after. */ {
        readonly kind: 'delay';
        readonly delayMs: number;
        readonly when: 'before' | 'after';
      }
    | /** An HTTP status with a text that is no JSON, as a proxy would give. */ {
        readonly kind: 'status';
        readonly status: number;
        readonly when: 'before' | 'after';
      }
    | /** A refusal with any code. */ { readonly kind: 'refuse'; readonly code: number; readonly message: string }
    | /**
     * The order is answered with `PROCESSING` and resolves after `forMs`, or when the test calls `resolveOrder`. Without `outcome` it
     * resolves as the money allows.
     */ { readonly kind: 'processing'; readonly forMs?: number; readonly outcome?: 'FAILED' | 'DEAD' }
  );

export type FaultKind = Fault['kind'];

/** The faults that are still to come, in the order in which they were given. */
export class FaultQueue {
  readonly #waiting: { readonly fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    if (this.#waiting.length >= MAX_FAULTS) throw new RangeError(`more than ${MAX_FAULTS} faults are waiting`);
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  /** Takes the first fault for this path, if any. */
  take(path: string): Fault | undefined {
    const index = this.#waiting.findIndex(({ fault }) => fault.path === undefined || fault.path === path);
    const entry = this.#waiting[index];
    if (entry === undefined) return undefined;
    entry.left -= 1;
    if (entry.left <= 0) this.#waiting.splice(index, 1);
    return entry.fault;
  }

  clear(): void {
    this.#waiting.length = 0;
  }
}
