import { compactJson } from '../json/compact.ts';
import { JSON_BODY_LIMITS, type JsonLimits, jsonBodyText, parseJsonBody } from '../json/parse-json-body.ts';
import { topLevelMembers } from '../json/top-level.ts';
import { problemOf, type Validation } from '../problem.ts';

/** A top-level field of a signed body. */
export interface SignedField {
  /** Its JSON text as it was sent, without white space between tokens: `1.50`, `"a\u0062"`, `[1,{"k":2e3}]`. */
  readonly raw: string;
  readonly value: unknown;
}

/** The top-level fields of a signed body by name, in the order they were sent. */
export type SignedFields = ReadonlyMap<string, SignedField>;

/**
 * Reads a body so that its signature can be checked: a parsed number has forgotten how it was written, so each field
 * keeps its text. Refused with 2002 is all that `parseJsonBody` refuses, a body that is no object, and text that is no
 * valid Unicode, because it has no UTF-8 bytes to sign. An empty body is an empty object.
 */
export function readSignedBody(
  body: string | Uint8Array,
  limits: JsonLimits = JSON_BODY_LIMITS,
): Validation<SignedFields> {
  const text = jsonBodyText(body, limits);
  if (!text.ok) return text;
  if (!text.value.isWellFormed()) return refused('body', 'UTF-8 text');
  const parsed = parseJsonBody(text.value, limits);
  if (!parsed.ok) return parsed;
  const object = parsed.value;
  if (typeof object !== 'object' || object === null || Array.isArray(object)) return refused('body', 'an object');
  const values = new Map<string, unknown>(Object.entries(object));
  const fields = new Map<string, SignedField>();
  for (const [name, raw] of topLevelMembers(compactJson(text.value))) {
    const value = values.get(name);
    if (!name.isWellFormed() || (typeof value === 'string' && !value.isWellFormed())) {
      return refused(name, 'well-formed text');
    }
    fields.set(name, { raw, value });
  }
  return { ok: true, value: fields };
}

const refused = (field: string, rule: string): Validation<never> => ({
  ok: false,
  problem: problemOf(2002, field, rule),
});
