import type { StateReader } from '../state/reader.ts';
import type { StateWriter } from '../state/writer.ts';

/** Whose user somebody is, for good. */
export interface Binding {
  readonly userId: number;
  readonly agentId: number;
  readonly agentUserId: string;
}

/** The users of each agent. Nothing is ever taken out. */
export class Bindings {
  /** In the order of binding. */
  readonly #byUser = new Map<number, Binding>();
  readonly #byAgent = new Map<number, Map<string, Binding>>();

  of(userId: number): Binding | undefined {
    return this.#byUser.get(userId);
  }

  find(agentId: number, agentUserId: string): Binding | undefined {
    return this.#byAgent.get(agentId)?.get(agentUserId);
  }

  /** The agent's users in the order of binding. */
  *ofAgent(agentId: number): IterableIterator<Binding> {
    yield* this.#byAgent.get(agentId)?.values() ?? [];
  }

  add(binding: Binding): void {
    this.#byUser.set(binding.userId, binding);
    const own = this.#byAgent.get(binding.agentId);
    if (own === undefined) this.#byAgent.set(binding.agentId, new Map([[binding.agentUserId, binding]]));
    else own.set(binding.agentUserId, binding);
  }

  save(writer: StateWriter): void {
    writer.list(this.#byUser.values(), ({ userId, agentId, agentUserId }) => {
      writer.uint(userId);
      writer.uint(agentId);
      writer.text(agentUserId);
    });
  }

  static load(reader: StateReader): Bindings {
    const bindings = new Bindings();
    reader.list(() => bindings.add({ userId: reader.uint(), agentId: reader.uint(), agentUserId: reader.text() }));
    return bindings;
  }
}
