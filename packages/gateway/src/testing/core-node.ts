import { type Command, Core, type Reply } from '@openvenue/core';
import type { CommitListener, Committed, VenueNode } from '@openvenue/sequencer';
import type { Clock } from '../options.ts';

/** A node over a real core without a log: every command is applied at once. */
export class CoreNode implements VenueNode {
  core = new Core();
  readonly commands: Command[] = [];
  readonly #clock: Clock;
  readonly #listeners = new Set<CommitListener>();
  #refusal: Error | undefined;
  /** Resolves when the node goes on; undefined while it runs. */
  #stall: Promise<void> | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The next command is refused with this error and not applied. */
  refuseNext(error: Error): void {
    this.#refusal = error;
  }

  /** The next commands wait, in order, until the returned function is called. */
  stall(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#stall = promise;
    return () => {
      this.#stall = undefined;
      resolve();
    };
  }

  /** Goes on with the state as it is saved and loaded again, as after a stop and a start. */
  restart(): void {
    this.core = Core.restore(this.core.snapshot());
  }

  async submit(command: Command): Promise<Committed> {
    const refusal = this.#refusal;
    this.#refusal = undefined;
    if (this.#stall !== undefined) await this.#stall;
    if (refusal !== undefined) throw refusal;
    const sequence = this.core.sequence + 1;
    const timeMs = Math.max(this.core.timeMs, this.#clock.nowMs());
    this.commands.push(command);
    const committed = { sequence, timeMs, command, ...this.core.apply(sequence, timeMs, command) };
    for (const listener of this.#listeners) listener([committed]);
    return committed;
  }

  onCommitted(listener: CommitListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The reply to a command that must be accepted with this kind. */
  async accepted<K extends Extract<Reply, { ok: true }>['kind']>(
    command: Command,
    kind: K,
  ): Promise<Extract<Reply, { kind: K }>> {
    const { reply } = await this.submit(command);
    const isKind = (each: Reply): each is Extract<Reply, { kind: K }> => each.ok && each.kind === kind;
    if (!isKind(reply)) throw new Error(`${command.type} was not accepted as ${kind}: ${reply.ok || reply.reason}`);
    return reply;
  }
}
