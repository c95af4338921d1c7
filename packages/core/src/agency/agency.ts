import type { StateReader } from '../state/reader.ts';
import type { StateWriter } from '../state/writer.ts';
import { AgencyReads } from './agency-reads.ts';
import { adjustAgentDeposit, createAgent, updateAgent } from './agent-commands.ts';
import { admit } from './authorize.ts';
import { bindUser } from './bind-user.ts';
import type { AgencyCommand, AgentAuth, TakeNonce } from './command.ts';
import { createEmbedToken, createEntryTicket } from './create-sign-on.ts';
import { disableUser, setCredentials } from './credentials.ts';
import { endExpiredSignOns, exchangeEmbedToken, exchangeTicket } from './exchange-sign-on.ts';
import { AGENCY_LIMITS, type AgencyLimits } from './limits.ts';
import type { AgencyRejected } from './reject.ts';
import { AGENCY_DONE, type AgencyResult } from './reply.ts';
import { reverseTransfer } from './reverse-transfer.ts';
import { type Emit, emptyState, loadState, saveState, type Turn } from './state.ts';
import { transfer, transferAllOut } from './transfer.ts';
import { walletTransfer } from './wallet-transfer.ts';
import { replayWebhook, webhookDead, webhookDelivered, webhookFailed } from './webhook-commands.ts';

/** The partners: agents, their users, deposits and transfers, their webhooks, and the one-time ways to sign their users on. */
export class Agency {
  readonly #limits: AgencyLimits;
  #state: ReturnType<typeof emptyState>;

  /** Other limits than the venue's are for tests at them. */
  constructor(limits: AgencyLimits = AGENCY_LIMITS) {
    this.#limits = limits;
    this.#state = emptyState(limits);
  }

  /** Everything that may be read between two commands; it shows the state of the moment, so ask anew after a load. */
  get reads(): AgencyReads {
    return new AgencyReads(this.#state);
  }

  /** Applies one command, after {@link expire} with the same time. Commands with an `agentAuth` are authorised here, once. */
  apply(command: AgencyCommand, timeMs: number, { ports, emit }: Pick<Turn, 'ports' | 'emit'>): AgencyResult {
    const turn: Turn = { state: this.#state, timeMs, ports, emit };
    switch (command.type) {
      case 'create-agent':
        return createAgent(turn, command);
      case 'update-agent':
        return updateAgent(turn, command);
      case 'adjust-agent-deposit':
        return adjustAgentDeposit(turn, command);
      case 'take-nonce':
        return takeNonce(turn, command);
      case 'bind-user':
        return bindUser(turn, command);
      case 'transfer':
        return transfer(turn, command);
      case 'transfer-all-out':
        return transferAllOut(turn, command);
      case 'reverse-transfer':
        return reverseTransfer(turn, command);
      case 'wallet-transfer':
        return walletTransfer(turn, command);
      case 'set-credentials':
        return setCredentials(turn, command);
      case 'disable-user':
        return disableUser(turn, command);
      case 'create-entry-ticket':
        return createEntryTicket(turn, command);
      case 'create-embed-token':
        return createEmbedToken(turn, command);
      case 'exchange-ticket':
        return exchangeTicket(turn, command);
      case 'exchange-embed-token':
        return exchangeEmbedToken(turn, command);
      case 'webhook-delivered':
        return webhookDelivered(turn, command);
      case 'webhook-failed':
        return webhookFailed(turn, command);
      case 'webhook-dead':
        return webhookDead(turn, command);
      case 'replay-webhook':
        return replayWebhook(turn, command);
    }
  }

  /**
   * Says why the agent may not call now, or undefined when it may; then its nonce is used up. For commands outside the agency:
   * once for each command, before its other checks.
   */
  authorize(auth: AgentAuth, timeMs: number): AgencyRejected | undefined {
    const admission = admit(this.#state, auth, timeMs);
    return admission.ok ? undefined : admission;
  }

  /** Ends what is due at `timeMs`; called first in every command. O(1) when nothing is. */
  expire(timeMs: number, emit: Emit): void {
    this.#state.nonces.forgetExpired(timeMs);
    endExpiredSignOns(this.#state, timeMs, emit);
  }

  save(writer: StateWriter): void {
    saveState(writer, this.#state);
  }

  /** Takes over the saved state in place of its own; throws, and keeps its own, when it is incomplete. */
  load(reader: StateReader): void {
    this.#state = loadState(reader, this.#limits);
  }
}

function takeNonce({ state, timeMs }: Turn, { agentAuth }: TakeNonce): AgencyResult {
  const admission = admit(state, agentAuth, timeMs);
  return admission.ok ? AGENCY_DONE : admission;
}
