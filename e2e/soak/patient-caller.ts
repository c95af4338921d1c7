import { setTimeout as sleep } from 'node:timers/promises';
import { callTable } from '../agent-strict/call-tables.ts';
import { faultsOfSuccess } from '../agent-strict/check-shape.ts';
import { StrictError } from '../agent-strict/strict-agent.ts';
import type { SupervisedVenue } from './supervised-venue.ts';

// biome-ignore lint/suspicious/noExplicitAny: replies are looked at as any client does, without our types
export type Reply = Readonly<Record<string, any>>;
export type CallFields = Readonly<Record<string, string | number | boolean>>;

const BUSY = 6904;
const BUSY_PAUSE_MS = 40;

/** Asks until there is an answer, through crashes and restarts, as a partner must; an answer is held to the contract's letter. */
export class PatientCaller {
  readonly #venue: Pick<SupervisedVenue, 'agent'>;
  answered = 0;
  unanswered = 0;
  busy = 0;

  constructor(venue: Pick<SupervisedVenue, 'agent'>) {
    this.#venue = venue;
  }

  async call(path: string, fields: CallFields): Promise<Reply> {
    for (;;) {
      const reply = await this.callOnce(path, fields);
      if (reply === undefined) continue;
      if (reply['code'] !== BUSY) return reply;
      this.busy++;
      await sleep(BUSY_PAUSE_MS);
    }
  }

  /** One try. @returns undefined when no answer came, and nobody knows what happened */
  async callOnce(path: string, fields: CallFields): Promise<Reply | undefined> {
    const agent = await this.#venue.agent();
    const table = callTable(path);
    try {
      const reply = await agent.send(table, agent.sign(fields));
      const faults = reply['code'] === 0 ? faultsOfSuccess(reply, table, fields) : [];
      if (faults.length > 0) throw new StrictError(`${path}: ${faults.join('; ')}`);
      this.answered++;
      return reply;
    } catch (error) {
      if (!isGone(error)) throw error;
      this.unanswered++;
      return undefined;
    }
  }
}

/** A connection that broke, or a reply that was cut. Anything else that is wrong with a reply ends the soak. */
const isGone = (error: unknown): boolean => error instanceof TypeError;
