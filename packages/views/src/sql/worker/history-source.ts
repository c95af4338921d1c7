import type { Command, Event } from '@openvenue/core';

/** A durable command of the log. */
export interface LoggedCommand {
  readonly sequence: number;
  readonly timeMs: number;
  readonly command: Command;
}

/** A core of the history's own, with the question whose history is kept. */
export interface HistoryReplica {
  /** Sequence of the last applied command. */
  readonly sequence: number;
  apply(sequence: number, timeMs: number, command: Command): { readonly events: readonly Event[] };
  /** See `ProjectorOptions.keep`. Asked after the command that named the user was applied. */
  keep(userId: number): boolean;
  /** See `ProjectorOptions.agentOf`. */
  agentOf(userId: number): number;
}

/** Where the history's worker gets the log and its states from; the application composes it of the log and the core. */
export interface HistorySource {
  /** A replica at `atMostSequence` or before it: from the newest snapshot that is not later, or an empty one. */
  openReplica(atMostSequence: number): Promise<HistoryReplica>;
  /** The blocks with commands after `afterSequence`, in order and without gaps, none after `upTo`. The first may begin earlier. */
  read(afterSequence: number, upTo: number): AsyncIterable<readonly LoggedCommand[]>;
  close(): Promise<void>;
}
