import type { ExchangeEvent } from '../../event.ts';
import type { Leg } from './leg.ts';

export type AccountReason = Extract<ExchangeEvent, { type: 'account-updated' }>['reason'];

/** How the running command has touched an account, for the one event that the account gets at its end. */
export class Touch {
  /** Number of the last step that has touched the account; of any other step the rest means nothing. */
  step = 0;
  reason: AccountReason = 'ORDER';
  /** Whose positions have changed, in that order. */
  readonly legs: Leg[] = [];
}
