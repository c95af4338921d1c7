import { type Static, type TObject, type TProperties, Type } from 'typebox';
import { SUCCESS_CODE, SUCCESS_MESSAGE } from '../envelope.ts';
import { compileValidator, type FormRule, type Validator } from '../validation.ts';
import { AGENT_ERROR_CATALOGUE, type AgentErrorName } from './error-catalogue.ts';

/** The same calls also stand under this prefix: `/agent/v1/agent/bind`. */
export const AGENT_PATH_PREFIX = '/agent';

/** Whether a call changes anything. */
export type AgentCallKind = 'command' | 'query';

/** What one file per call declares. */
export interface AgentCallDefinition<Body extends TObject, Reply extends TProperties> {
  readonly path: string;
  readonly auth: 'signed';
  readonly kind: AgentCallKind;
  readonly summary: string;
  /** The request beside the signing fields. */
  readonly body: Body;
  readonly bodyRule?: FormRule<Static<Body>>;
  /** The reply beside `code` and `message`. */
  readonly reply: Reply;
  /** Refusals of this call beyond those that its signature, kind and form already imply. */
  readonly errors: readonly AgentErrorName[];
}

/** One signed call of the Agent API. */
export interface AgentCall<Body extends TObject = TObject, Reply extends TObject = TObject> {
  readonly method: 'POST';
  readonly path: string;
  readonly auth: 'signed';
  readonly kind: AgentCallKind;
  readonly summary: string;
  readonly body: Body;
  readonly bodyValidator: Validator<Static<Body>>;
  /** The whole reply of a success: flat, and no other field may appear. */
  readonly reply: Reply;
  /** Every refusal the call can answer, by ascending code. */
  readonly errors: readonly AgentErrorName[];
}

/** Reply of a success: `code`, `message` and the named fields side by side. */
export const AgentSuccess = <Fields extends TProperties>(fields: Fields) =>
  Type.Object(
    {
      code: Type.Literal(SUCCESS_CODE, { description: '0: success', examples: [0] }),
      message: Type.Literal(SUCCESS_MESSAGE, { description: 'Always "success"', examples: [SUCCESS_MESSAGE] }),
      ...fields,
    },
    { additionalProperties: false },
  );

const ANY_CALL: readonly AgentErrorName[] = [
  'SIGNATURE_INVALID',
  'AGENT_DISABLED',
  'TIMESTAMP_OUTSIDE_WINDOW',
  'NONCE_REUSED',
  'ACCESS_NOT_ALLOWED',
  'TEMPORARILY_UNAVAILABLE',
  'PARAMETER_MISSING',
  'PARAMETER_INVALID',
  'PARAMETER_OUT_OF_RANGE',
];

/** Completes a definition: what follows from signature, kind and form is derived here and nowhere else. */
export function defineAgentCall<Body extends TObject, Reply extends TProperties>(
  definition: AgentCallDefinition<Body, Reply>,
): AgentCall<Body, ReturnType<typeof AgentSuccess<Reply>>> {
  const { path, auth, kind, summary, body } = definition;
  const names = new Set<AgentErrorName>([...ANY_CALL, ...definition.errors]);
  if (kind === 'query') names.add('QUERY_QUOTA_EXHAUSTED');
  return {
    method: 'POST',
    path,
    auth,
    kind,
    summary,
    body,
    bodyValidator: compileValidator(body, definition.bodyRule),
    reply: AgentSuccess(definition.reply),
    errors: AGENT_ERROR_CATALOGUE.map((each) => each.name).filter((name) => names.has(name)),
  };
}
