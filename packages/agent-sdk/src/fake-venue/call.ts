import type { Clock } from '../clock.ts';
import type { FakeAgent, FakeUser } from './agents.ts';
import type { FakeLedger, Hold } from './ledger.ts';
import { optionalText, Refusal, type RequestFields } from './refusal.ts';
import type { WebhookSender } from './webhook-sender.ts';

export interface CallContext {
  readonly agent: FakeAgent;
  readonly fields: RequestFields;
  readonly ledger: FakeLedger;
  readonly webhooks: WebhookSender;
  readonly clock: Clock;
  readonly baseUrl: string;
  /** How an order that this call places is held up. */
  readonly hold: Hold | undefined;
}

/** A call's reply besides `code` and `message`. */
export type Handler = (context: CallContext) => Readonly<Record<string, unknown>>;

export function userOf(agent: FakeAgent, fields: RequestFields): FakeUser {
  const agentUserId = optionalText(fields, 'agentUserId', 64);
  return agent.findUser({ agentUserId, platformUserId: optionalText(fields, 'platformUserId', 64) });
}

/** Checks what most calls share. Only the real-money environment and USDT are played. */
export function common(fields: RequestFields): { readonly currency: string } {
  const environment = optionalText(fields, 'environment');
  if (environment !== undefined && environment !== 'PRODUCTION') {
    throw new Refusal('parameterInvalid', 'environment is not supported');
  }
  const currency = optionalText(fields, 'currency') ?? 'USDT';
  if (currency !== 'USDT') throw new Refusal('parameterInvalid', 'currency is not supported');
  return { currency };
}

export function echo(fields: RequestFields): Readonly<Record<string, unknown>> {
  const environment = optionalText(fields, 'environment');
  return environment === undefined ? {} : { environment };
}
