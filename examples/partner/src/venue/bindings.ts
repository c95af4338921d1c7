import type { AgentClient } from '@openvenue/agent-sdk';
import type { User, Users } from '../people/users.ts';

/** Makes our users known to the venue, each at the first visit. */
export class Bindings {
  readonly #client: Pick<AgentClient, 'bind'>;
  readonly #users: Users;
  /** Visits at the same time share one call. */
  readonly #underWay = new Map<string, Promise<string>>();

  constructor(client: Pick<AgentClient, 'bind'>, users: Users) {
    this.#client = client;
    this.#users = users;
  }

  /** The venue's id of the user. @throws AgentError when the venue cannot be asked and has not been asked before. */
  async ensure({ userId, username, platformUserId }: User): Promise<string> {
    if (platformUserId !== undefined) return platformUserId;
    const known = this.#underWay.get(userId);
    if (known !== undefined) return known;
    const binding = this.#bind(userId, username).finally(() => this.#underWay.delete(userId));
    this.#underWay.set(userId, binding);
    return binding;
  }

  async #bind(userId: string, username: string): Promise<string> {
    const { platformUserId } = await this.#client.bind({ agentUserId: userId, username });
    this.#users.keepPlatformUserId(userId, platformUserId);
    return platformUserId;
  }
}
