import type { Command } from '@openvenue/core';
import type { Agent } from './partner.ts';
import { drawHash, PROOF_LIFE_MS } from './proofs.ts';
import type { Surroundings } from './trader.ts';

const SESSION_LIFE_MS = 600_000;
const CHANNEL = 'channel';
const ORIGIN = 'https://partner.example';

interface Session {
  readonly sessionId: string;
  /** Newest last. */
  readonly tokenHashes: string[];
}

/** Users of agents who sign on with tickets and embed tokens, keep their sessions alive, leave, and present old tokens. */
export class Visitor {
  readonly #around: Surroundings;
  readonly #agent: Agent;
  readonly #sessions: Session[] = [];

  constructor(around: Surroundings, agent: Agent) {
    this.#around = around;
    this.#agent = agent;
  }

  /** One thing that a visitor does; resolves when it is over for him. */
  async act(): Promise<void> {
    const random = this.#around.world.random.users;
    const dice = random.integer(0, 9);
    const session = this.#sessions.length > 0 ? random.pick(this.#sessions) : undefined;
    if (session === undefined || dice < 3) await this.#enter();
    else if (dice < 5) await this.#embed();
    else if (dice < 8) for (let times = random.integer(1, 4); times > 0; times--) await this.#renew(session);
    else await this.#send({ type: 'revoke-session', sessionId: session.sessionId });
  }

  async #enter(): Promise<void> {
    const ticketHash = this.#draw();
    const user = this.#user();
    const paths = { redirectPath: '/trade', returnUrl: '' };
    await this.#send({ type: 'create-entry-ticket', agentAuth: this.#auth(), user, ticketHash, ...paths });
    const tokenHash = this.#draw();
    const session = { ...this.#session(), refreshTokenHash: tokenHash };
    const exchange: Command = { type: 'exchange-ticket', ticketHash, session };
    await this.#send(exchange);
    this.#sessions.push({ sessionId: session.sessionId, tokenHashes: [tokenHash] });
    if (this.#around.world.random.users.chance(1, 3)) await this.#send(exchange);
  }

  async #embed(): Promise<void> {
    const tokenHash = this.#draw();
    const token = { tokenHash, channelId: CHANNEL };
    await this.#send({ type: 'create-embed-token', agentAuth: this.#auth(), user: this.#user(), ...token });
    const embedOrigin = this.#around.world.random.users.chance(4, 5) ? ORIGIN : 'https://elsewhere.example';
    await this.#send({ type: 'exchange-embed-token', ...token, embedOrigin, session: this.#session() });
  }

  async #renew({ sessionId, tokenHashes }: Session): Promise<void> {
    const isOld = this.#around.world.random.users.chance(1, 4);
    const presentedTokenHash = (isOld ? tokenHashes[0] : tokenHashes.at(-1))!;
    const nextTokenHash = this.#draw();
    const refreshExpiresAtMs = this.#nowMs() + SESSION_LIFE_MS;
    await this.#send({
      type: 'rotate-refresh-token',
      sessionId,
      presentedTokenHash,
      nextTokenHash,
      refreshExpiresAtMs,
    });
    tokenHashes.push(nextTokenHash);
  }

  async #send(command: Command): Promise<void> {
    await this.#around.network.call(command);
  }

  #session() {
    const sessionId = this.#draw();
    return { sessionId, refreshExpiresAtMs: this.#nowMs() + SESSION_LIFE_MS, ip: '192.0.2.1' };
  }

  #user() {
    return this.#around.world.random.users.pick(this.#agent.users);
  }

  #auth() {
    const { agentId } = this.#agent;
    return { agentId, nonceHash: this.#draw(), expiresAtMs: this.#nowMs() + PROOF_LIFE_MS };
  }

  #draw(): string {
    return drawHash(this.#around.world.random.users);
  }

  #nowMs(): number {
    const { world, venue } = this.#around;
    return Math.max(venue.core?.timeMs ?? 0, world.clock.nowMs());
  }
}
