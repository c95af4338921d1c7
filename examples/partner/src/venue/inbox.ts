import type { DatabaseSync } from 'node:sqlite';
import { idempotencyKeyOf, type WebhookEvent } from '@openvenue/agent-sdk';
import { inTransaction } from '../database.ts';
import type { Log } from '../log.ts';
import type { ReportResult, Transfers } from '../money/transfers.ts';
import { CONTRADICTION } from './courier.ts';
import { reportOfEvent } from './report.ts';

export interface InboxOptions {
  readonly database: DatabaseSync;
  readonly transfers: Transfers;
  readonly log: Log;
  readonly now: () => number;
}

/** Takes in the venue's events, each once, however often and in whatever order they come. */
export class Inbox {
  readonly #options: InboxOptions;

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  /** When it returns, the event and its effect are on the disk together: the webhook may be acknowledged. */
  take(event: WebhookEvent): ReportResult | 'duplicate' {
    const result = inTransaction(this.#options.database, () => this.takeInside(event));
    const { orderNo, targetStatus } = event;
    if (result === 'contradiction') this.#options.log.error({ orderNo, reported: targetStatus }, CONTRADICTION);
    if (result === 'unknown') this.#options.log.warn({ orderNo }, 'an event about an order that is not ours');
    return result;
  }

  /** As {@link take}, inside the caller's transaction and without a word in the log. */
  takeInside(event: WebhookEvent): ReportResult | 'duplicate' {
    const { database, transfers, now } = this.#options;
    const key = idempotencyKeyOf(event);
    const isKnown = database.prepare('SELECT 1 FROM applied_events WHERE idempotency_key = ?').get(key) !== undefined;
    if (isKnown) return 'duplicate';
    const report = reportOfEvent(event);
    const result = report === undefined ? 'known' : transfers.takeInside(report);
    database.prepare('INSERT INTO applied_events VALUES (?, ?, ?, ?)').run(key, event.orderNo, result, now());
    return result;
  }
}
