import type { Command, Core, Event, Reply } from '@openvenue/core';

/** One durable command with what the core made of it. */
export interface Committed {
  readonly sequence: number;
  readonly timeMs: number;
  readonly command: Command;
  readonly reply: Reply;
  readonly events: readonly Event[];
}

/** Handed to listeners after the block is durable and applied, in order, without gaps. */
export type CommitListener = (batch: readonly Committed[]) => void;

/** What a gateway sees of a running node: local reads, durable writes, the stream of what happened. */
export interface VenueNode {
  /** The local replica; read between awaits only, never changed. */
  readonly core: Core;
  /**
   * Sequences a command; resolves after it is durable and applied. Rejects with `OverloadedError` (nothing was recorded: safe to
   * repeat) when the queue is full, `ReadOnlyError` (nothing recorded) when the log takes no more, and `OutcomeUnknownError`
   * when the command had been handed to the log and its fate is not known.
   */
  submit(command: Command): Promise<Committed>;
  /** Called with every batch from now on. Returns the function that ends it. */
  onCommitted(listener: CommitListener): () => void;
}
