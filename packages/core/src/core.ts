import { Agency } from './agency/agency.ts';
import type { AgencyReads } from './agency/agency-reads.ts';
import type { AgencyCommand } from './agency/command.ts';
import { agencyFault } from './agency/command-form.ts';
import { agencyPorts } from './agency-ports.ts';
import type { Command, OperatorCommand, TradingCommand } from './command.ts';
import type { Event } from './event.ts';
import { FastBook } from './exchange/book/fast-book.ts';
import type { OrderBook } from './exchange/book/order-book.ts';
import { Exchange } from './exchange/exchange.ts';
import { actorFault, commandFault } from './exchange/forms/command-form.ts';
import type { Step } from './exchange/step.ts';
import type { TriggerIndex } from './exchange/triggers/trigger-index.ts';
import { identityFault, isIdentityCommand } from './identity/command-form.ts';
import { Identity } from './identity/identity.ts';
import type { ExchangeReads } from './reads.ts';
import { type Rejected, reject } from './reject.ts';
import type { Reply } from './reply.ts';
import { StateReader } from './state/reader.ts';
import { StateWriter } from './state/writer.ts';

/**
 * Number of the rules and of the layout of a snapshot. It grows with every change after which the same log leads to another state, reply
 * or snapshot; what was written under another number is refused.
 */
const RULES = 11;

/** What a log holds that a later or a broken venue has written. */
const NO_SUCH_COMMAND = reject('INVALID_PARAMETER', { field: 'type', rule: 'no such command' });
const isRecord = (value: unknown): boolean => typeof value === 'object' && value !== null;

export interface Outcome {
  readonly reply: Reply;
  readonly events: readonly Event[];
}

/**
 * The venue as a pure function of its log: `apply` takes the next command with the time it was stamped with and answers what
 * happened. The same commands give the same state, bit for bit (INV-6).
 */
export class Core {
  #sequence = 0;
  #timeMs = 0;
  #snapshotCapacity = 1 << 16;
  /** The rules that this core follows. */
  readonly rules = RULES;
  readonly identity = new Identity();
  readonly #agency = new Agency();
  readonly #exchange: Exchange;

  /** `createBook` and `createTriggers` are for tests that hold the book and the trigger index against their oracles. */
  constructor(createBook: () => OrderBook = () => new FastBook(), createTriggers?: () => TriggerIndex) {
    const agentOf = (userId: number): number => this.#agency.reads.binding(userId)?.agentId ?? 0;
    this.#exchange = new Exchange(() => this.#timeMs, createBook, { createTriggers, agentOf });
  }

  /** Sequence of the last applied command, 0 before the first. */
  get sequence(): number {
    return this.#sequence;
  }

  /** Time of the last applied command, Unix ms. */
  get timeMs(): number {
    return this.#timeMs;
  }

  get exchange(): ExchangeReads {
    return this.#exchange.reads;
  }

  /** Agents, their users, transfers, webhooks and sign-ons, as they stand now. */
  get agency(): AgencyReads {
    return this.#agency.reads;
  }

  /** The exchange's own state, for checks of the invariants; nothing but `apply` may change it. */
  get exchangeState(): Exchange['state'] {
    return this.#exchange.state;
  }

  /**
   * @throws RangeError when `sequence` is not the next one or `timeMs` goes back: the log is wrong, not the command.
   * A bad command never throws: it is answered with a reason and has changed nothing.
   */
  apply(sequence: number, timeMs: number, command: Command): Outcome {
    if (sequence !== this.#sequence + 1)
      throw new RangeError(`expected sequence ${this.#sequence + 1}, got ${sequence}`);
    if (!Number.isSafeInteger(timeMs) || timeMs < this.#timeMs)
      throw new RangeError(`time went back from ${this.#timeMs} to ${timeMs}`);
    this.#sequence = sequence;
    this.#timeMs = timeMs;
    const step = this.#exchange.begin(timeMs);
    this.identity.expire(timeMs, step.emit);
    this.#agency.expire(timeMs, step.emit);
    const reply = this.#dispatch(step, command);
    return { reply, events: step.finish() };
  }

  #dispatch(step: Step, command: Command): Reply {
    if (!isRecord(command)) return NO_SUCH_COMMAND;
    switch (command.type) {
      case 'place-order':
      case 'place-orders':
      case 'cancel-order':
      case 'cancel-orders':
      case 'amend-order':
      case 'amend-orders':
      case 'cancel-all-orders':
      case 'place-condition':
      case 'cancel-condition':
      case 'place-strategy':
      case 'cancel-all-after':
      case 'set-leverage':
      case 'set-margin-mode':
      case 'adjust-isolated-margin':
        return this.#trade(step, command);
      case 'configure-symbol':
      case 'update-prices':
      case 'delist-symbol':
      case 'set-fee-schedule':
      case 'adjust-wallet':
      case 'adjust-insurance-fund':
        return this.#operate(step, command);
      case 'create-agent':
      case 'update-agent':
      case 'adjust-agent-deposit':
      case 'take-nonce':
      case 'bind-user':
      case 'transfer':
      case 'transfer-all-out':
      case 'reverse-transfer':
      case 'wallet-transfer':
      case 'move-own-funds':
      case 'set-credentials':
      case 'disable-user':
      case 'create-entry-ticket':
      case 'create-embed-token':
      case 'exchange-ticket':
      case 'exchange-embed-token':
      case 'webhook-delivered':
      case 'webhook-failed':
      case 'webhook-dead':
      case 'replay-webhook':
        return this.#represent(step, command);
      default:
        if (!isIdentityCommand(command)) return NO_SUCH_COMMAND;
        return identityFault(command) ?? this.identity.apply(command, step.timeMs, step.emit);
    }
  }

  #trade(step: Step, command: TradingCommand): Reply {
    return (
      actorFault(command.actor) ??
      this.identity.authorize(command.actor, step.timeMs, 'trade') ??
      this.#exchange.trade(step, command)
    );
  }

  #represent(step: Step, command: AgencyCommand): Reply {
    const fault = agencyFault(command) ?? this.#authorizeOwner(step, command);
    if (fault !== undefined) return fault;
    const ports = agencyPorts(step, { identity: this.identity, exchange: this.#exchange });
    return this.#agency.apply(command, step.timeMs, { ports, emit: step.emit });
  }

  /** Of the agency's commands those of a user himself; agents' are authorised by the agency. */
  #authorizeOwner(step: Step, command: AgencyCommand): Rejected | undefined {
    return command.type === 'move-own-funds' ? this.identity.authorize(command.actor, step.timeMs, 'funds') : undefined;
  }

  #operate(step: Step, command: OperatorCommand): Reply {
    const fault = command.type === 'adjust-wallet' ? commandFault(command) : undefined;
    if (fault !== undefined) return fault;
    if (command.type === 'adjust-wallet' && this.identity.userById(command.userId) === undefined) {
      return reject('USER_UNKNOWN', { field: 'userId', value: String(command.userId) });
    }
    return this.#exchange.operate(step, command);
  }

  /** Does a small part of what the next {@link snapshot} needs, if there is one to do now: for moments in which nobody waits. */
  prepareSnapshot(): void {
    this.#exchange.prepareSave();
  }

  /** Canonical bytes of the whole state; a digest of them is the state hash. */
  snapshot(): Uint8Array {
    const writer = new StateWriter(this.#snapshotCapacity);
    writer.uint(RULES);
    writer.uint(this.#sequence);
    writer.uint(this.#timeMs);
    this.identity.save(writer);
    this.#exchange.save(writer);
    this.#agency.save(writer);
    const bytes = writer.finish();
    // The next one will be about as long; growing on the way costs a copy of it each time.
    this.#snapshotCapacity = Math.ceil((bytes.length * 5) / 4);
    return bytes;
  }

  /** @throws RangeError when the bytes are not a whole snapshot of this format */
  static restore(bytes: Uint8Array, createBook?: () => OrderBook, createTriggers?: () => TriggerIndex): Core {
    const reader = new StateReader(bytes);
    const rules = reader.uint();
    if (rules !== RULES) throw new RangeError(`the snapshot was taken under rules ${rules}, not ${RULES}`);
    const core = new Core(createBook, createTriggers);
    core.#sequence = reader.uint();
    core.#timeMs = reader.uint();
    core.identity.load(reader);
    core.#exchange.load(reader);
    core.#agency.load(reader);
    reader.finish();
    return core;
  }
}
