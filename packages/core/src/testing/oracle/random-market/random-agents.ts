import { type Money, ONE } from '@openvenue/money';
import type { AgentAuth } from '../../../agency/command.ts';
import type { WalletDirection } from '../../../agency/wallet-transfer-order.ts';
import type { Command } from '../../../command.ts';
import type { FeeLevel } from '../../../exchange/symbols/symbol-parameters.ts';
import type { SeededRandom } from '../../random.ts';
import { type MarketKind, rate, usdt } from './market-terms.ts';

export const AGENTS = 2;
export const USERS_PER_AGENT = 2;

const DIRECTIONS: readonly WalletDirection[] = [
  'PARTNER_TO_FUNDING',
  'FUNDING_TO_CONTRACT',
  'CONTRACT_TO_FUNDING',
  'FUNDING_TO_PARTNER',
];

interface AgentsWiring {
  readonly random: SeededRandom;
  readonly kind: MarketKind;
  /** The fee levels of which the first agent has some of its own. */
  readonly levels: readonly FeeLevel[];
}

/** The agents, their users, their fees and their transfers. */
export class RandomAgents {
  readonly #random: SeededRandom;
  readonly #kind: MarketKind;
  readonly #levels: readonly FeeLevel[];
  #nonces = 0;
  #orderNos = 0;

  constructor({ random, kind, levels }: AgentsWiring) {
    this.#random = random;
    this.#kind = kind;
    this.#levels = levels;
  }

  /** Creates the agents with their deposits, users and fees. */
  opening(timeMs: number): Command[] {
    const commands: Command[] = [];
    for (let agentId = 1; agentId <= AGENTS; agentId++) {
      commands.push({
        type: 'create-agent',
        agentCode: `A${agentId}`,
        publicNumber: String(5_000_000_000 + agentId),
        name: `Agent ${agentId}`,
        webhookUrl: '',
        sealedSecrets: ['sealed'],
        origins: [],
        depositless: agentId === 2,
      });
      commands.push({ type: 'adjust-agent-deposit', agentId, amount: usdt(5_000_000) });
      for (let n = 1; n <= USERS_PER_AGENT; n++)
        commands.push({
          type: 'bind-user',
          agentAuth: this.#auth(agentId, timeMs),
          agentUserId: `u${n}`,
          externalUserId: String(1_000_000_000 + 100 * agentId + n),
        });
      commands.push(this.#schedule(agentId));
    }
    return commands;
  }

  /** New fees of one of them. */
  schedule(): Command {
    return this.#schedule(this.#random.integer(1, AGENTS));
  }

  /** An agent moves its users' money. */
  transfer(timeMs: number): Command {
    const random = this.#random;
    const agentId = random.integer(1, AGENTS);
    const user = { agentUserId: `u${random.integer(1, USERS_PER_AGENT)}` };
    const amount = (BigInt(random.integer(1, 1_000_000)) * (this.#kind === 'wide' ? ONE / 100n : 100n)) as Money;
    const agentAuth = this.#auth(agentId, timeMs);
    const agentOrderNo = `n${++this.#orderNos}`;
    const dice = random.integer(0, 9);
    if (dice < 5) {
      const direction = random.pick(['IN', 'OUT'] as const);
      return { type: 'transfer', agentAuth, agentOrderNo, user, direction, currency: 'USDT', amount };
    }
    if (dice < 6) return { type: 'transfer-all-out', agentAuth, agentOrderNo, user, currency: 'USDT' };
    if (dice < 7) {
      const origOrderNo = `n${random.integer(Math.max(1, this.#orderNos - 20), this.#orderNos)}`;
      return { type: 'reverse-transfer', agentAuth, origOrderNo, reverseOrderNo: agentOrderNo, reason: '' };
    }
    const direction = random.pick(DIRECTIONS);
    return { type: 'wallet-transfer', agentAuth, agentOrderNo, user, direction, currency: 'USDT', amount };
  }

  /** An agent's fees: its own levels or the symbols', and a markup. */
  #schedule(agentId: number): Command {
    const random = this.#random;
    const markup = { maker: rate(random.pick([0, 0.01, 0.00333])), taker: rate(random.pick([0, 0.01, 0.0077])) };
    return {
      type: 'set-fee-schedule',
      schedule: { agentId, levels: agentId === 1 ? this.#levels.slice(0, 3) : [], markup },
    };
  }

  #auth(agentId: number, timeMs: number): AgentAuth {
    const nonceHash = (++this.#nonces).toString(16).padStart(64, '0');
    return { agentId, nonceHash, expiresAtMs: timeMs + 60_000 };
  }
}
