import type { DatabaseSync } from 'node:sqlite';
import { type AgentClient, UnavailableError } from '@openvenue/agent-sdk';
import { inTransaction } from '../database.ts';
import type { Inbox } from './inbox.ts';

/** Pause between two catchings up, in milliseconds. */
export const CATCH_UP_EVERY_MS = 60_000;
/** Pause when the venue did not answer, in milliseconds. */
export const CATCH_UP_RETRY_MS = 5_000;
/** Events asked for at a time. */
export const EVENTS_AT_A_TIME = 100;
/** Questions of one catching up; the rest waits for the next. */
export const MAX_QUESTIONS = 50;

export interface CatchUpOptions {
  readonly client: Pick<AgentClient, 'events'>;
  readonly database: DatabaseSync;
  readonly inbox: Inbox;
  readonly now: () => number;
}

/** Reads the events whose webhooks never arrived, from where it stopped last time. */
export class CatchUp {
  readonly #options: CatchUpOptions;
  #dueAtMs = Number.NEGATIVE_INFINITY;

  constructor(options: CatchUpOptions) {
    this.#options = options;
  }

  /** Does nothing before its time. */
  async catchUpWhenDue(): Promise<void> {
    const { now } = this.#options;
    if (now() < this.#dueAtMs) return;
    this.#dueAtMs = now() + CATCH_UP_EVERY_MS;
    try {
      await this.catchUp();
    } catch (error) {
      if (!(error instanceof UnavailableError)) throw error;
      this.#dueAtMs = now() + CATCH_UP_RETRY_MS;
    }
  }

  async catchUp(): Promise<void> {
    const { client, database, inbox } = this.#options;
    for (let question = 0; question < MAX_QUESTIONS; question += 1) {
      const { events, lastSeq } = await client.events({ afterSeq: this.#lastSeq(), limit: EVENTS_AT_A_TIME });
      for (const event of events) inbox.take(event);
      // Only when all are taken: a crash before this line takes them again, which changes nothing.
      inTransaction(database, () =>
        database.prepare(`INSERT OR REPLACE INTO progress VALUES ('events', ?)`).run(lastSeq),
      );
      if (events.length < EVENTS_AT_A_TIME) return;
    }
  }

  #lastSeq(): number {
    return Number(
      this.#options.database.prepare(`SELECT value FROM progress WHERE name = 'events'`).get()?.['value'] ?? 0,
    );
  }
}
