import type { BackOff } from './back-off.ts';
import { AGENT_CODES } from './codes.ts';
import { type CallPlace, OutcomeUnknownError, ProtocolError, type RefusedError, UnavailableError } from './errors.ts';
import type { Answer } from './transport.ts';

export type Success = Extract<Answer, { kind: 'success' }>;

export interface RepeatOptions {
  /** Times that the call itself is sent at most. */
  readonly maxAttempts: number;
  readonly backOff: BackOff;
}

/**
 * Makes a call that may be repeated as it is, until there is an answer.
 *
 * @throws RefusedError, UnavailableError
 */
export async function repeatUntilAnswered(send: () => Promise<Answer>, options: RepeatOptions): Promise<Success> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await send();
    if (answer.kind === 'success') return answer;
    const isLast = attempt >= options.maxAttempts;
    if (answer.kind === 'refused') {
      if (isLast || !isPassing(answer.error)) throw answer.error;
    } else if (isLast || !answer.isRepeatable) {
      throw new UnavailableError(answer.place, answer.cause);
    }
    await options.backOff.pause(attempt - 1);
  }
}

/** A call that moves money. */
export interface MoneyMove<T> {
  /** The partner's number that makes every repeat safe. */
  readonly orderNo: string;
  readonly place: CallPlace;
  send(): Promise<Answer>;
  /** Reads the answer of {@link MoneyMove.send}. @throws ProtocolError */
  read(success: Success): T;
  /** Asks the venue by the number what became of the call. */
  lookUp(): Promise<Finding<T>>;
}

export type Finding<T> =
  | { readonly kind: 'found'; readonly reply: T }
  /** The venue knows of no such effect, so the call is made again. `settles` are codes that then end all doubt. */
  | { readonly kind: 'absent'; readonly settles: readonly number[] }
  /** The question itself has no answer. */
  | { readonly kind: 'unanswered'; readonly cause: Error };

/**
 * Codes that depend on nothing but the content of the call: every copy of it, also one still under way, is refused alike. Any other
 * refusal of a repeat says nothing about an earlier copy whose answer was lost.
 */
const SETTLED_BY_CONTENT: readonly number[] = [
  AGENT_CODES.orderNumberTaken,
  AGENT_CODES.parameterMissing,
  AGENT_CODES.parameterInvalid,
  AGENT_CODES.parameterOutOfRange,
];

/**
 * Makes a call that moves money. When its outcome is not known it asks by the number first, and repeats the same call with the same
 * number only where the venue knows of no effect.
 *
 * @throws RefusedError when nothing happened, OutcomeUnknownError when no attempt brought certainty, ProtocolError
 */
export async function moveMoney<T>(move: MoneyMove<T>, options: RepeatOptions): Promise<T> {
  let doubt: Error | undefined;
  let settles: readonly number[] = [];
  for (let attempt = 1; attempt <= options.maxAttempts; attempt += 1) {
    if (attempt > 1) await options.backOff.pause(attempt - 2);
    if (doubt !== undefined) {
      const finding = await lookUp(move);
      if (finding.kind === 'found') return finding.reply;
      if (finding.kind === 'unanswered') continue;
      settles = finding.settles;
    }
    const answer = await move.send();
    if (answer.kind === 'success') return move.read(answer);
    if (answer.kind === 'unanswered') {
      doubt = answer.cause;
      if (!answer.isRepeatable) break;
    } else if (answer.error.code === AGENT_CODES.nonceReused) {
      // The nonce was fresh, so somebody on the way sent the call twice, and this is the answer to the second copy.
      doubt = answer.error;
    } else if (answer.error.code !== AGENT_CODES.temporarilyUnavailable || attempt === options.maxAttempts) {
      const isSettled = SETTLED_BY_CONTENT.includes(answer.error.code) || settles.includes(answer.error.code);
      if (doubt === undefined || isSettled) throw answer.error;
      doubt = answer.error;
      break;
    }
  }
  const last = await lookUp(move);
  if (last.kind === 'found') return last.reply;
  throw new OutcomeUnknownError(move.orderNo, move.place, doubt);
}

/** A malformed answer to the question leaves the outcome of the call itself as unknown as it was. */
async function lookUp<T>(move: MoneyMove<T>): Promise<Finding<T>> {
  try {
    return await move.lookUp();
  } catch (error) {
    if (error instanceof ProtocolError) return { kind: 'unanswered', cause: error };
    throw error;
  }
}

/** A refusal that the same call, sent later, may not meet. */
function isPassing(error: RefusedError): boolean {
  return error.code === AGENT_CODES.temporarilyUnavailable || error.code === AGENT_CODES.nonceReused;
}
