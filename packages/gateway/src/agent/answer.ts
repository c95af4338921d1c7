import { type AgentErrorName, type AgentFailure, agentFailure } from '@openvenue/contract';

/** A refusal on its way to an agent. */
export interface AgentRefusal {
  readonly ok: false;
  readonly failure: AgentFailure;
}

/** What a call of an agent answers: the reply's fields beside `code` and `message`, or a refusal. */
export type AgentAnswer<Fields extends object = object> = { readonly ok: true; readonly fields: Fields } | AgentRefusal;

export const answerAgent = <Fields extends object>(fields: Fields): AgentAnswer<Fields> => ({ ok: true, fields });

export const refuseAgent = (name: AgentErrorName): AgentRefusal => ({ ok: false, failure: agentFailure(name) });
