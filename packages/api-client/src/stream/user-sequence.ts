/** Why the account has to be read anew by REST. */
export type ResyncReason =
  /** The stream has begun: what was before it is not known. */
  | 'start'
  /** An event is missing in between. */
  | 'gap'
  /** The venue no longer keeps the events that were missed. */
  | 'not-kept';

/** What a number means for its event: deliver it, drop it as one that was delivered before, or deliver it after a resync. */
export type SequenceVerdict = 'next' | 'seen' | 'gap';

/** The events of a user count up by one; this is how far they came here. */
export class UserSequence {
  #last: bigint | undefined;

  constructor(since?: string) {
    this.#last = since === undefined ? undefined : BigInt(since);
  }

  /** Number of the last event, to resume from; undefined before the first. */
  get last(): string | undefined {
    return this.#last?.toString();
  }

  take(seq: string): SequenceVerdict {
    const number = BigInt(seq);
    const last = this.#last;
    if (last !== undefined && number <= last) return 'seen';
    this.#last = number;
    return last === undefined || number === last + 1n ? 'next' : 'gap';
  }

  /** Goes on after `seq`, whatever was before. */
  skipTo(seq: string): void {
    this.#last = BigInt(seq);
  }
}
