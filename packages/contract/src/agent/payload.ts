import type { SignedField, SignedFields } from './signed-body.ts';

/** The field that carries the signature, and is not part of what it signs. */
export const SIGN_FIELD = 'sign';

/**
 * The text that an agent signs: every top-level field but `sign` and the empty ones, sorted by name (by UTF-16 code
 * unit, which for ASCII names is ASCII order), as `k=v&k2=v2`. Texts stand as they are, without quotes and not
 * URL-encoded; numbers, arrays and objects as they were written, without white space.
 */
export function agentPayload(fields: SignedFields): string {
  const signed = [...fields].filter(([name, field]) => isSigned(name, field));
  const texts = new Map(signed.map(([name, field]) => [name, payloadText(field)]));
  return [...texts.keys()]
    .toSorted()
    .map((name) => `${name}=${texts.get(name)}`)
    .join('&');
}

/**
 * The body as the call's own validator takes it. What the signature leaves out, `null` and `""`, counts as not given:
 * else whoever relays a request could add fields to it.
 */
export function agentBody(fields: SignedFields): Record<string, unknown> {
  const signed = [...fields].filter(([name, field]) => isSigned(name, field));
  return Object.fromEntries(signed.map(([name, field]) => [name, field.value]));
}

/** A field's value as the payload writes it. */
export const payloadText = (field: SignedField): string => (typeof field.value === 'string' ? field.value : field.raw);

const isSigned = (name: string, { value }: SignedField): boolean =>
  name !== SIGN_FIELD && value !== null && value !== '';
