import { type AgentCall, agentFailureOfProblem } from '@openvenue/contract';
import type { Agent, AgentAuth } from '@openvenue/core';
import type { Static, TObject } from 'typebox';
import { refuseOfReject } from '../mapping/agent-reject.ts';
import type { Venue } from '../venue.ts';
import { type AgentAnswer, type AgentRefusal, refuseAgent } from './answer.ts';
import { submitForAgent } from './submit.ts';

/** A well-formed call of an agent who has proved himself. */
export interface AgentRequest<Body> {
  readonly body: Body;
  readonly agent: Agent;
  readonly agentAuth: AgentAuth;
}

/** A call whose form is right, and what remains to be done for it. */
export interface PreparedAgentCall {
  readonly ok: true;
  run(venue: Venue, caller: Omit<AgentRequest<unknown>, 'body'>): Promise<AgentAnswer>;
}

/** One call of the Agent API: its contract and what it does. */
export interface AgentEndpoint {
  readonly call: AgentCall;
  prepare(body: unknown): PreparedAgentCall | AgentRefusal;
}

/** What a handler answers: the fields of the reply, without those that every success has. */
type FieldsOf<Reply extends TObject> = Omit<Static<Reply>, 'code' | 'message'>;

/** A call that changes something: its command takes the nonce. */
export function agentCommand<Body extends TObject, Reply extends TObject>(
  call: AgentCall<Body, Reply>,
  handle: (venue: Venue, request: AgentRequest<Static<Body>>) => Promise<AgentAnswer<FieldsOf<Reply>>>,
): AgentEndpoint {
  return {
    call,
    prepare: (raw) => {
      const body = readBody(call, raw);
      if (!body.ok) return body;
      return { ok: true, run: (venue, caller) => handle(venue, { body: body.value, ...caller }) };
    },
  };
}

type Query<Body extends TObject, Answer> = (venue: Venue, request: AgentRequest<Static<Body>>) => Answer;

/**
 * A call that only reads. Its nonce is taken by a command of its own, so that no restart forgets it either. `withoutNonce` may
 * still answer when the nonce could not be taken.
 */
export function agentQuery<Body extends TObject, Reply extends TObject>(
  call: AgentCall<Body, Reply>,
  handle: Query<Body, AgentAnswer<FieldsOf<Reply>> | Promise<AgentAnswer<FieldsOf<Reply>>>>,
  withoutNonce?: Query<Body, AgentAnswer<FieldsOf<Reply>> | undefined>,
): AgentEndpoint {
  return agentCommand<Body, Reply>(call, async (venue, request) => {
    const taken = await submitForAgent(venue, { type: 'take-nonce', agentAuth: request.agentAuth });
    if (!taken.ok) return withoutNonce?.(venue, request) ?? refuseAgent('TEMPORARILY_UNAVAILABLE');
    if (!taken.reply.ok) return refuseOfReject(taken.reply);
    return handle(venue, request);
  });
}

function readBody<Body extends TObject, Reply extends TObject>(
  call: AgentCall<Body, Reply>,
  raw: unknown,
): { readonly ok: true; readonly value: Static<Body> } | AgentRefusal {
  const body = call.bodyValidator.validate(raw);
  if (!body.ok) return { ok: false, failure: agentFailureOfProblem(body.problem) };
  // This venue is of one kind of money: whoever asks for the other must not be answered with this one.
  const { environment } = body.value as { readonly environment?: string };
  if (environment === undefined || environment === 'PRODUCTION') return { ok: true, value: body.value };
  const problem = { code: 2002, field: 'environment', rule: '"PRODUCTION", or left out' } as const;
  return { ok: false, failure: agentFailureOfProblem(problem) };
}
