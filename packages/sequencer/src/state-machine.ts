import { type Command, Core, type Outcome } from '@openvenue/core';

/** What the sequencer needs of the core: a deterministic machine that counts what it has applied. */
export interface StateMachine {
  /** Number of the rules it follows, 0 to 65,535: another one wherever the same log would lead to another state or snapshot. */
  readonly rules: number;
  /** Sequence of the last applied command, 0 before the first. */
  readonly sequence: number;
  /** Time of the last applied command, in milliseconds since 1970; 0 before the first. */
  readonly timeMs: number;
  /** Throws only when the log is wrong: `sequence` is not the next one or `timeMs` goes back. */
  apply(sequence: number, timeMs: number, command: Command): Outcome;
  /** Does a small part of the work of the next snapshot, if it can be done ahead. It changes nothing that can be seen. */
  prepareSnapshot(): void;
  /** Canonical bytes of the whole state, not touched by the machine afterwards. */
  snapshot(): Uint8Array;
}

/** Makes machines: with no history, or as they stood when a snapshot was taken. */
export interface StateMachineFactory<M extends StateMachine> {
  empty(): M;
  /** @throws when the bytes are not a snapshot this program can read. */
  restore(bytes: Uint8Array): M;
}

/** The venue's core. */
export const coreMachine: StateMachineFactory<Core> = {
  empty: () => new Core(),
  restore: (bytes) => Core.restore(bytes),
};

/** The outside's time. Only the leader looks at it; everyone else takes the time that the log carries. */
export interface Clock {
  /** A non-negative integer: milliseconds since 1970. May jump back; the leader's time does not. */
  nowMs(): number;
}
