import { type Command, Core } from '@openvenue/core';
import type { Committed } from '@openvenue/sequencer';

/** Refusals that change something on purpose: what was presented wrongly is used up, or ends the session it was stolen from. */
const SPENT_BY_REFUSAL: ReadonlySet<Command['type']> = new Set([
  'exchange-ticket',
  'exchange-embed-token',
  'rotate-refresh-token',
]);
/** Commands that the venue submits by itself. */
const OWN: ReadonlySet<Command['type']> = new Set([
  'update-prices',
  'touch-api-keys',
  'webhook-delivered',
  'webhook-failed',
  'webhook-dead',
]);

/** What was committed since the shadow began. */
export interface CommitCounts {
  accepted: number;
  refused: number;
  spent: number;
  /** Nonces that queries of agents took. */
  nonces: number;
}

/**
 * A second core that is told of accepted commands only: in the place of each refused one it gets a command that does nothing, but take the
 * same signature or nonce. When both cores have the same state, no refused command has left a trace.
 */
export class Shadow {
  readonly counts: CommitCounts = { accepted: 0, refused: 0, spent: 0, nonces: 0 };
  readonly beganAt: number;
  readonly #core: Core;

  constructor(core: Core) {
    this.#core = Core.restore(core.snapshot());
    this.beganAt = core.sequence;
  }

  follow(batch: readonly Committed[]): void {
    for (const { sequence, timeMs, command, reply } of batch)
      this.#core.apply(sequence, timeMs, this.#told(command, reply.ok));
  }

  /** Whether the core that was followed is in the same state, bit for bit. */
  equals(core: Core): boolean {
    return Buffer.compare(core.snapshot(), this.#core.snapshot()) === 0;
  }

  #told(command: Command, isAccepted: boolean): Command {
    const { counts } = this;
    if (isAccepted) {
      if (command.type === 'take-nonce') counts.nonces++;
      else if (!OWN.has(command.type)) counts.accepted++;
      return command;
    }
    if (SPENT_BY_REFUSAL.has(command.type)) {
      counts.spent++;
      return command;
    }
    counts.refused++;
    return proofOf(command);
  }
}

/** A command that takes the proof of another one and does nothing else. */
function proofOf(command: Command): Command {
  if ('agentAuth' in command) return { type: 'take-nonce', agentAuth: command.agentAuth };
  const actor = 'actor' in command ? command.actor : { userId: 0 };
  return { type: 'renew-listen-key', actor, listenKey: 'none' };
}
