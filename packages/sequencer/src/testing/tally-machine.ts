import assert from 'node:assert';
import { createHash } from 'node:crypto';
import { type Command, encodeCommand, type Outcome, type Reply } from '@openvenue/core';
import type { StateMachine, StateMachineFactory } from '../state-machine.ts';

interface TallyState {
  readonly sequence: number;
  readonly timeMs: number;
  readonly chain: string;
  readonly totals: readonly (readonly [userId: number, amount: string])[];
}

const DONE: Reply = { ok: true, kind: 'done' };
const SHORT: Reply = { ok: false, reason: 'INSUFFICIENT_BALANCE', details: {} };

/**
 * The smallest machine in which everything shows: it keeps a wallet for each user, which no `adjust-wallet` takes below 0, and chains a
 * digest over sequence, time and command, so that any command lost, doubled, swapped or changed leads to another state.
 */
export class TallyMachine implements StateMachine {
  readonly rules: number = 1;
  sequence = 0;
  timeMs = 0;
  /** How often it was asked to work ahead. */
  preparations = 0;
  readonly totals = new Map<number, bigint>();
  #chain = '';

  apply(sequence: number, timeMs: number, command: Command): Outcome {
    assert.strictEqual(sequence, this.sequence + 1, 'the sequence has a gap');
    assert(timeMs >= this.timeMs, 'the time goes back');
    this.sequence = sequence;
    this.timeMs = timeMs;
    this.#chain = createHash('sha256')
      .update(`${this.#chain} ${sequence} ${timeMs} ${encodeCommand(command)}`)
      .digest('hex');
    if (command.type === 'adjust-wallet') {
      const total = (this.totals.get(command.userId) ?? 0n) + command.amount;
      if (total < 0n) return { reply: SHORT, events: [] };
      this.totals.set(command.userId, total);
    }
    if (command.type !== 'set-leverage') return { reply: DONE, events: [] };
    const { symbol, leverage } = command;
    const event = { type: 'leverage-changed', userId: command.actor.userId, symbol, leverage } as const;
    return { reply: { ok: true, kind: 'leverage', symbol, leverage }, events: [event] };
  }

  prepareSnapshot(): void {
    this.preparations++;
  }

  snapshot(): Uint8Array {
    const totals = [...this.totals]
      .sort(([a], [b]) => a - b)
      .map(([userId, amount]) => [userId, amount.toString()] as const);
    const state: TallyState = { sequence: this.sequence, timeMs: this.timeMs, chain: this.#chain, totals };
    return new TextEncoder().encode(JSON.stringify(state));
  }

  static restore(bytes: Uint8Array): TallyMachine {
    const state = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as TallyState;
    const machine = new TallyMachine();
    machine.sequence = state.sequence;
    machine.timeMs = state.timeMs;
    machine.#chain = state.chain;
    for (const [userId, amount] of state.totals) machine.totals.set(userId, BigInt(amount));
    return machine;
  }
}

export const tallyMachine: StateMachineFactory<TallyMachine> = {
  empty: () => new TallyMachine(),
  restore: TallyMachine.restore,
};
