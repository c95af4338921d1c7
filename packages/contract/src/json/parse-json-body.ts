import { problemOf, type Validation } from '../problem.ts';
import { firstKeyProblem } from './key-scan.ts';

/** Bounds of a JSON body. */
export interface JsonLimits {
  /** Bytes of a binary body, UTF-16 units of a text. */
  readonly maxLength: number;
  /** Objects and arrays inside each other; a flat object has depth 1. */
  readonly maxDepth: number;
}

/** Bounds of every body and frame that the venue takes. */
export const JSON_BODY_LIMITS: JsonLimits = { maxLength: 65_536, maxDepth: 16 };

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Parses a body; an empty one is an empty object. Refused with 2002: too long, not UTF-8, not JSON, nested deeper than
 * `maxDepth`, a key given twice in one object (two readers could see two different orders), and the keys that reach
 * into prototypes.
 */
export function parseJsonBody(body: string | Uint8Array, limits: JsonLimits = JSON_BODY_LIMITS): Validation<unknown> {
  const text = jsonBodyText(body, limits);
  if (!text.ok) return text;
  if (text.value.trim() === '') return { ok: true, value: {} };
  const parsed = parse(text.value);
  if (!parsed.ok) return parsed;
  const problem = firstKeyProblem(text.value, limits.maxDepth);
  return problem === undefined ? parsed : { ok: false, problem: problemOf(2002, problem.field, problem.rule) };
}

/** The text of a body. Refused with 2002: too long, not UTF-8. */
export function jsonBodyText(body: string | Uint8Array, limits: JsonLimits = JSON_BODY_LIMITS): Validation<string> {
  if (body.length > limits.maxLength) return refused(`at most ${limits.maxLength} bytes`);
  const text = typeof body === 'string' ? body : decode(body);
  return text === undefined ? refused('UTF-8 text') : { ok: true, value: text };
}

const refused = (rule: string): Validation<never> => ({ ok: false, problem: problemOf(2002, 'body', rule) });

function decode(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function parse(text: string): Validation<unknown> {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return refused('valid JSON');
    throw error;
  }
}
