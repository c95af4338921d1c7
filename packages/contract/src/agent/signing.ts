import { type Static, Type } from 'typebox';
import type { Validation } from '../problem.ts';
import { seconds, text } from '../scalars.ts';
import { compileValidator } from '../validation.ts';
import { payloadText, SIGN_FIELD } from './payload.ts';
import type { SignedFields } from './signed-body.ts';

/** How far a request's `timestamp` may be from the venue's time, either way, unless configured. */
export const AGENT_SIGNING_WINDOW_S = 300;
/** Characters of an `agentCode`. */
export const AGENT_CODE_MAX_LENGTH = 64;
/** Characters of a nonce. */
export const NONCE_MAX_LENGTH = 128;

/** Code of an agent. */
export const agentCode = () => text('Code of the agent', { minLength: 1, maxLength: AGENT_CODE_MAX_LENGTH }, 'acme');

/** The fields that every call of the Agent API carries beside its own. */
export const SigningFields = Type.Object({
  agentCode: agentCode(),
  timestamp: seconds('Time of the request'),
  nonce: text('Random text, taken once', { minLength: 1, maxLength: NONCE_MAX_LENGTH }, '5f0c7a1be9d24d0b'),
  // A text that is no lowercase hex is a wrong signature like any other (6001), not a wrong form.
  sign: Type.String({
    maxLength: 128,
    description: 'Lowercase hex HMAC-SHA256 of the payload with the secret of the agent',
    'x-secret': true,
    examples: ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
  }),
});
export type SigningFields = Static<typeof SigningFields>;

const validator = compileValidator(SigningFields);
const WHOLE_SECONDS = /^(0|[1-9]\d{0,12})$/;

/**
 * The signing fields of a body, checked for form. `timestamp` is also taken as a text of digits and `nonce` as a number,
 * as clients send them; the signature covers either way of writing.
 */
export function readSigning(fields: SignedFields): Validation<SigningFields> {
  return validator.validate({
    agentCode: given(fields, 'agentCode'),
    timestamp: timestampOf(fields),
    nonce: nonceOf(fields),
    sign: given(fields, SIGN_FIELD),
  });
}

/** What the signature leaves out counts as not given. */
function given(fields: SignedFields, name: string): unknown {
  const value = fields.get(name)?.value;
  return value === null || value === '' ? undefined : value;
}

function timestampOf(fields: SignedFields): unknown {
  const value = given(fields, 'timestamp');
  return typeof value === 'string' && WHOLE_SECONDS.test(value) ? Number(value) : value;
}

function nonceOf(fields: SignedFields): unknown {
  const field = fields.get('nonce');
  return typeof field?.value === 'number' ? payloadText(field) : given(fields, 'nonce');
}
