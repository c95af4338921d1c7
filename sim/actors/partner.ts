import type { AgentAuth, AgentUserReference, Command } from '@openvenue/core';
import { type Money, ONE } from '@openvenue/money';
import { drawHash, PROOF_LIFE_MS } from './proofs.ts';
import type { Surroundings } from './trader.ts';
import { persist } from './user.ts';

/** An agent and the users it has bound. */
export interface Agent {
  readonly agentId: number;
  readonly users: readonly AgentUserReference[];
}

/** A command of an agent but for its proof. */
type Request = (agentAuth: AgentAuth) => Command;

interface Sent {
  readonly orderNo: string;
  readonly request: Request;
}

/** Moves money in and out, reverses some of it, repeats what was answered and what was not, and replays nonces. */
export class Partner {
  readonly #around: Surroundings;
  readonly #agent: Agent;
  readonly #sent: Sent[] = [];
  #numbers = 0;

  constructor(around: Surroundings, agent: Agent) {
    this.#around = around;
    this.#agent = agent;
  }

  /** One thing that the agent does; resolves when it is over for it. */
  async act(): Promise<void> {
    const { world, network } = this.#around;
    const random = world.random.users;
    const dice = random.integer(0, 99);
    if (dice < 20 && this.#sent.length > 0) await this.#send(random.pick(this.#sent).request);
    else if (dice < 25 && this.#sent.length > 0) await this.#send(this.#transfer(random.pick(this.#sent).orderNo));
    else if (dice < 30) {
      const auth = this.#auth();
      await network.call({ type: 'take-nonce', agentAuth: auth });
      await network.call({ type: 'take-nonce', agentAuth: auth });
    } else {
      const orderNo = `t${++this.#numbers}`;
      const request = dice < 50 && this.#sent.length > 0 ? this.#reverse() : this.#move(orderNo);
      this.#sent.push({ orderNo, request });
      await this.#send(request);
    }
  }

  async #send(request: Request): Promise<void> {
    const { world, network } = this.#around;
    await persist(world, network, { attempt: () => request(this.#auth()), isRepeatable: true });
  }

  #move(orderNo: string): Request {
    if (this.#around.world.random.users.chance(4, 5)) return this.#transfer(orderNo);
    const user = this.#user();
    return (agentAuth) => ({ type: 'transfer-all-out', agentAuth, agentOrderNo: orderNo, user, currency: 'USDT' });
  }

  #transfer(agentOrderNo: string): Request {
    const random = this.#around.world.random.users;
    const user = this.#user();
    const direction = random.chance(3, 5) ? 'IN' : 'OUT';
    const amount = (BigInt(random.integer(1, 2_000)) * ONE) as Money;
    return (agentAuth) => ({ type: 'transfer', agentAuth, agentOrderNo, user, direction, currency: 'USDT', amount });
  }

  #reverse(): Request {
    const origOrderNo = this.#around.world.random.users.pick(this.#sent).orderNo;
    const reverseOrderNo = `r${++this.#numbers}`;
    return (agentAuth) => ({ type: 'reverse-transfer', agentAuth, origOrderNo, reverseOrderNo, reason: 'mistake' });
  }

  #user(): AgentUserReference {
    return this.#around.world.random.users.pick(this.#agent.users);
  }

  #auth(): AgentAuth {
    const { world, venue } = this.#around;
    const nowMs = Math.max(venue.core?.timeMs ?? 0, world.clock.nowMs());
    const nonceHash = drawHash(world.random.users);
    return { agentId: this.#agent.agentId, nonceHash, expiresAtMs: nowMs + PROOF_LIFE_MS };
  }
}
