import type { Actor, Command, TradingCommand } from '@openvenue/core';
import { randomCommand } from '@openvenue/core/testing';
import type { Network } from '../machine/network.ts';
import type { Venue } from '../machine/venue.ts';
import type { World } from '../machine/world.ts';
import { stackedExits } from './exits.ts';
import { bothLegs } from './hedges.ts';
import { leveragedTrade } from './leveraged.ts';
import type { SimulatedMarket } from './market.ts';
import { drawHash, PROOF_LIFE_MS } from './proofs.ts';
import { deepQuotes } from './quotes.ts';
import { strategyAndFills } from './strategist.ts';
import { persist } from './user.ts';

export interface Surroundings {
  readonly world: World;
  readonly venue: Venue;
  readonly network: Network;
  readonly market: SimulatedMarket;
  /** API keys of the users who sign what they send. */
  readonly apiKeys: ReadonlyMap<number, number>;
}

/** Sends what a random trader of the market does next, once or until it is answered, and at times once more. */
export class Traders {
  readonly #around: Surroundings;
  #orders = 0;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** One thing that some trader does; resolves when it is over for him. */
  async act(): Promise<void> {
    const { world, venue, market } = this.#around;
    const { core } = venue;
    if (core === undefined) return;
    const random = world.random.users;
    if (random.chance(1, 12)) {
      for (const exit of stackedExits(core, random, market.userIds)) await this.#send(exit);
      return;
    }
    const dice = random.integer(0, 99);
    if (dice < 7) await this.#send(bothLegs(random, market.traders));
    else if (dice < 11) await this.#send(deepQuotes(core, random, market.traders));
    else if (dice < 22) for (const command of strategyAndFills(random, market.traders)) await this.#send(command);
    else if (dice < 28) for (const order of leveragedTrade(core, random, market)) await this.#send(order);
    else await this.#send(randomCommand(core, random, market.traders));
  }

  async #send(chosen: Command): Promise<void> {
    const { world, network } = this.#around;
    const random = world.random.users;
    const command = this.#named(chosen);
    const isRepeatable = command.type === 'place-order' && command.order.clientOrderId !== undefined;
    const wish = { attempt: () => this.#signed(command), isRepeatable };
    await persist(world, network, wish);
    if (!isRepeatable || !random.chance(1, 10)) return;
    await world.scheduler.sleep(random.integer(1_000, 1_000_000));
    await persist(world, network, wish);
  }

  /** Most orders carry a client order id that no other order has. */
  #named(command: Command): Command {
    if (command.type !== 'place-order' || !this.#around.world.random.users.chance(3, 4)) return command;
    return { ...command, order: { ...command.order, clientOrderId: `n${++this.#orders}` } };
  }

  #signed(command: Command): Command {
    if (!('actor' in command)) return command;
    const apiKeyId = this.#around.apiKeys.get(command.actor.userId);
    if (apiKeyId === undefined) return command;
    const { world, venue } = this.#around;
    const nowMs = Math.max(venue.core?.timeMs ?? 0, world.clock.nowMs());
    const actor: Actor = {
      userId: command.actor.userId,
      apiKeyId,
      signatureHash: drawHash(world.random.users),
      signatureExpiresAtMs: nowMs + PROOF_LIFE_MS,
    };
    return { ...(command as TradingCommand), actor };
  }
}
