import { Problem } from './problem.ts';

export type Body = Readonly<Record<string, unknown>>;

/** The parsed body of a request. @throws Problem when it is no JSON object. */
export function bodyOf(value: unknown): Body {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Problem('bad_request', 'The body must be a JSON object.');
  }
  return value as Body;
}

/** @throws Problem when the field is missing, no text, or too long. */
export function requiredText(body: Body, name: string, maxCharacters: number): string {
  const text = optionalText(body, name, maxCharacters);
  if (text === undefined || text === '') throw new Problem('bad_request', `${name} is missing.`);
  return text;
}

/** @throws Problem when the field is there, but no text or too long. */
export function optionalText(body: Body, name: string, maxCharacters: number): string | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' || value.length > maxCharacters) {
    throw new Problem('bad_request', `${name} must be a text of at most ${maxCharacters} characters.`);
  }
  return value;
}
