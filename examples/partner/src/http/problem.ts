import { AGENT_CODES, AgentError, RefusedError, UnavailableError } from '@openvenue/agent-sdk';

/** Why a request is refused; the browser sees `{error: {code, message}}`. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: string;

  constructor(code: ProblemCode, message: string = PROBLEMS[code].message) {
    super(message);
    this.status = PROBLEMS[code].status;
    this.code = code;
  }
}

const PROBLEMS = {
  bad_request: { status: 400, message: 'The request is not as it must be.' },
  invalid_amount: {
    status: 400,
    message: 'The amount must be a decimal above 0 with at most 8 decimals, such as "12.5", and at most 1000000000.',
  },
  wrong_credentials: { status: 401, message: 'The username or the password is wrong.' },
  not_signed_in: { status: 401, message: 'Sign in first.' },
  wrong_origin: { status: 403, message: 'The request comes from another site.' },
  trading_not_allowed: { status: 403, message: 'The venue does not allow this user to trade.' },
  not_found: { status: 404, message: 'There is nothing here.' },
  insufficient_balance: { status: 409, message: 'Your balance is not enough.' },
  too_many_open_transfers: { status: 409, message: 'Too many of your transfers are still pending. Wait for them.' },
  request_id_taken: { status: 409, message: 'This requestId was used for another transfer.' },
  not_json: { status: 415, message: 'Send application/json.' },
  too_many_attempts: { status: 429, message: 'Too many wrong passwords. Try again in 15 minutes.' },
  busy: { status: 503, message: 'Too many people sign in right now. Try again in a moment.' },
  venue_refused: { status: 502, message: 'The venue refused the request.' },
  venue_unavailable: { status: 503, message: 'The venue does not answer. Nothing was moved. Try again later.' },
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/** The codes of problems, for the page's texts. */
export const PROBLEM_CODES = Object.keys(PROBLEMS) as readonly ProblemCode[];

/** Waits for a call of the venue that moves no money; its errors become problems of the request. */
export async function askVenue<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof UnavailableError) throw new Problem('venue_unavailable');
    if (error instanceof RefusedError && isPassing(error.code)) throw new Problem('venue_unavailable');
    if (error instanceof RefusedError && error.code === AGENT_CODES.notAllowed)
      throw new Problem('trading_not_allowed');
    if (error instanceof AgentError) throw new Problem('venue_refused');
    throw error;
  }
}

function isPassing(code: number): boolean {
  return code === AGENT_CODES.temporarilyUnavailable || code === AGENT_CODES.quotaUsedUp;
}
