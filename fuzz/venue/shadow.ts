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

interface Followed {
  readonly committed: Committed;
  readonly told: Command;
}

const isSame = (a: Core, b: Core): boolean => Buffer.compare(a.snapshot(), b.snapshot()) === 0;

/**
 * A second core that is told of accepted commands only: in the place of each refused one it gets a command that does nothing, but take the
 * same signature or nonce. When both cores have the same state, no refused command has left a trace.
 */
export class Shadow {
  readonly counts: CommitCounts = { accepted: 0, refused: 0, spent: 0, nonces: 0 };
  readonly #begin: Uint8Array;
  readonly #core: Core;
  readonly #followed: Followed[] = [];

  constructor(core: Core) {
    this.#begin = core.snapshot();
    this.#core = Core.restore(this.#begin);
  }

  follow(batch: readonly Committed[]): void {
    for (const committed of batch) {
      const told = this.#told(committed.command, committed.reply.ok);
      this.#followed.push({ committed, told });
      this.#core.apply(committed.sequence, committed.timeMs, told);
    }
  }

  /** Why the core that was followed has another state, with the refused command that has left a trace; undefined where it has the same. */
  divergence(core: Core): string | undefined {
    if (isSame(core, this.#core)) return undefined;
    if (!isSame(core, this.#after(this.#followed.length, 'committed')))
      return 'a core that was restored from a snapshot has gone another way with the same commands';
    // Once the states differ they go on to differ, so the first difference is found by halves.
    let [same, different] = [0, this.#followed.length];
    while (different - same > 1) {
      const middle = (same + different) >> 1;
      if (isSame(this.#after(middle, 'committed'), this.#after(middle, 'told'))) same = middle;
      else different = middle;
    }
    const { committed } = this.#followed[different - 1] ?? {};
    const { command, reply } = committed ?? {};
    const shown = JSON.stringify({ command, reply }, (_name, value) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    return `a refused command has changed the state: ${shown}`;
  }

  #after(count: number, which: 'committed' | 'told'): Core {
    const core = Core.restore(this.#begin);
    for (const { committed, told } of this.#followed.slice(0, count))
      core.apply(committed.sequence, committed.timeMs, which === 'told' ? told : committed.command);
    return core;
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
