import type { Command, Core } from '@openvenue/core';
import type { CommitListener, Committed, VenueNode } from '@openvenue/sequencer';

export type CommitOutcome = 'recorded' | 'refused';

/** A node that tells how long a command takes from its submission to its reply: waiting, made durable, applied. */
export class MeasuredNode implements VenueNode {
  readonly #node: VenueNode;
  readonly #onSubmitted: (seconds: number, outcome: CommitOutcome) => void;

  constructor(node: VenueNode, onSubmitted: (seconds: number, outcome: CommitOutcome) => void) {
    this.#node = node;
    this.#onSubmitted = onSubmitted;
  }

  get core(): Core {
    return this.#node.core;
  }

  async submit(command: Command): Promise<Committed> {
    const beganMs = performance.now();
    let outcome: CommitOutcome = 'refused';
    try {
      const committed = await this.#node.submit(command);
      outcome = 'recorded';
      return committed;
    } finally {
      this.#onSubmitted((performance.now() - beganMs) / 1_000, outcome);
    }
  }

  onCommitted(listener: CommitListener): () => void {
    return this.#node.onCommitted(listener);
  }
}
