import { AGENT_CODES, type AgentClient, AgentError, RefusedError } from '@openvenue/agent-sdk';
import type { Log } from '../log.ts';
import { formatAmount } from '../money/amount.ts';
import type { Report, Transfer, Transfers } from '../money/transfers.ts';
import { reportOfOrder, reportOfReply } from './report.ts';

/** Pause after the first attempt, in milliseconds; it doubles with every further one. */
export const FIRST_PAUSE_MS = 1_000;
/** Longest pause between two attempts, in milliseconds. */
export const MAX_PAUSE_MS = 60_000;
/** From this attempt on an open transfer is reported as an error: somebody should look at it. */
export const WORRYING_ATTEMPTS = 10;

type Client = Pick<AgentClient, 'transfer' | 'transferAllOut' | 'queryOrder'>;

export interface CourierOptions {
  readonly client: Client;
  readonly transfers: Transfers;
  readonly log: Log;
  readonly now: () => number;
  /** From 0 to below 1, for the jitter of the pauses. */
  readonly random: () => number;
}

/** Refusals that depend on the content alone: every copy of the call, also one still under way, meets the same. */
const REFUSED_BY_CONTENT: ReadonlySet<number> = new Set([
  AGENT_CODES.parameterMissing,
  AGENT_CODES.parameterInvalid,
  AGENT_CODES.parameterOutOfRange,
]);

/** Carries transfers to the venue and brings back what became of them. */
export class Courier {
  readonly #options: CourierOptions;
  /** One attempt at a time for each transfer: a second asker waits for the first one's. */
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(options: CourierOptions) {
    this.#options = options;
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#underWay.values());
  }

  /**
   * Makes one attempt to learn the outcome of an open transfer, and takes it in. It may be called at any time and any number of times;
   * the transfer stays PROCESSING when the attempt brings no certainty.
   */
  attempt(orderNo: string): Promise<void> {
    const known = this.#underWay.get(orderNo);
    if (known !== undefined) return known;
    const attempt = this.#attempt(orderNo).finally(() => this.#underWay.delete(orderNo));
    this.#underWay.set(orderNo, attempt);
    return attempt;
  }

  async #attempt(orderNo: string): Promise<void> {
    const { transfers, now } = this.#options;
    const transfer = transfers.find(orderNo);
    if (transfer?.status !== 'PROCESSING') return;
    transfers.beginAttempt(orderNo, now() + this.#pauseMs(transfer.attempts));
    const report = transfer.attempts === 0 ? await this.#send(transfer) : await this.#askThenSend(transfer);
    if (report !== undefined) this.#take(report);
  }

  /** The first call: no copy of it can be anywhere, so a refusal means that nothing happened. */
  async #send(transfer: Transfer): Promise<Report | undefined> {
    try {
      return await this.#withReason(transfer, reportOfReply(await this.#call(transfer)));
    } catch (error) {
      if (error instanceof RefusedError) return refusedReport(transfer, error);
      return this.#staysOpen(transfer, error);
    }
  }

  /**
   * An earlier call may have arrived, may be under way, or may never have been sent. The venue is asked first; where it knows nothing,
   * the same call is made again under the same number.
   */
  async #askThenSend(transfer: Transfer): Promise<Report | undefined> {
    try {
      const order = await this.#find(transfer);
      if (order !== undefined) return order;
    } catch (error) {
      return this.#staysOpen(transfer, error);
    }
    try {
      return await this.#withReason(transfer, reportOfReply(await this.#call(transfer)));
    } catch (error) {
      if (error instanceof RefusedError && REFUSED_BY_CONTENT.has(error.code)) return refusedReport(transfer, error);
      return this.#staysOpen(transfer, error);
    }
  }

  #call({ orderNo: agentOrderNo, userId: agentUserId, direction, amount }: Transfer) {
    const { client } = this.#options;
    return amount === undefined
      ? client.transferAllOut({ agentOrderNo, agentUserId })
      : client.transfer({ agentOrderNo, agentUserId, direction, amount: formatAmount(amount) });
  }

  /** The order as the venue has it; `undefined` when the venue does not know it. */
  async #find({ orderNo, direction }: Transfer): Promise<Report | undefined> {
    const orderType = direction === 'IN' ? 'TRANSFER_IN' : 'TRANSFER_OUT';
    try {
      return reportOfOrder(await this.#options.client.queryOrder({ orderNo, orderType }));
    } catch (error) {
      if (error instanceof RefusedError && error.code === AGENT_CODES.orderNotFound) return undefined;
      throw error;
    }
  }

  /** A reply says that a transfer failed, only the order says why. Without an answer the reason stays empty. */
  async #withReason(transfer: Transfer, report: Report): Promise<Report> {
    if (report.status !== 'FAILED') return report;
    try {
      const order = await this.#find(transfer);
      return order?.status === 'FAILED' ? order : report;
    } catch (error) {
      if (error instanceof AgentError) return report;
      throw error;
    }
  }

  #take(report: Report): void {
    const { transfers, log } = this.#options;
    const result = transfers.take(report);
    if (result === 'contradiction') log.error({ orderNo: report.orderNo, reported: report.status }, CONTRADICTION);
  }

  /** What the venue or the network does leaves the transfer open; anything else is a fault of this program. */
  #staysOpen(transfer: Transfer, error: unknown): undefined {
    if (!(error instanceof AgentError)) throw error;
    const { orderNo, attempts } = transfer;
    const fields = { orderNo, attempts: attempts + 1, reason: error.message, requestId: error.requestId };
    if (attempts + 1 >= WORRYING_ATTEMPTS) this.#options.log.error(fields, 'a transfer has been open for long');
    else this.#options.log.warn(fields, 'the outcome of a transfer is not known yet');
    return undefined;
  }

  /** Doubling pauses with jitter, so that transfers which were cut off together do not come back together. */
  #pauseMs(attempts: number): number {
    const longestMs = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempts, 16));
    return Math.round((longestMs * (1 + this.#options.random())) / 2);
  }
}

/** Written to the log when the venue's word does not fit what is known. Nothing is changed. */
export const CONTRADICTION = 'the venue contradicts what it said before: nothing was changed';

function refusedReport({ orderNo }: Transfer, error: RefusedError): Report {
  return { orderNo, status: 'FAILED', amount: undefined, failReason: `${error.code} ${error.reason}` };
}
