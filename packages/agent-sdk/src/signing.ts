import { createHmac } from 'node:crypto';

/** A value that JSON can carry. Members that are `undefined` are left out, as `JSON.stringify` does. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue | undefined };

/** Top-level fields of a request. */
export type Fields = Readonly<Record<string, JsonValue | undefined>>;

/** Deepest nesting of arrays and objects in a field. */
export const MAX_NESTING = 32;

/**
 * The text that is signed: every top-level field but `sign`, those with empty values (`undefined`, `null`, `''`) left out, sorted by
 * name, as `name=value` joined with `&`, not URL-encoded. Arrays and objects stand as compact JSON, numbers as JSON writes them;
 * `0`, `false`, `[]` and `{}` count. The same fields must be sent with `JSON.stringify`, or the two differ.
 *
 * @throws TypeError for values that JSON would change on the way: NaN, infinities, bigints, dates, functions, lone surrogates.
 */
export function canonicalPayload(fields: Fields): string {
  const parts: string[] = [];
  for (const name of Object.keys(fields).sort()) {
    const value = fields[name];
    if (name === 'sign' || value === undefined || value === null || value === '') continue;
    requireJson(name, value, 0);
    parts.push(`${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  }
  return parts.join('&');
}

/** Lowercase hex HMAC-SHA256 of {@link canonicalPayload} under `apiSecret`, both as UTF-8. */
export function signPayload(fields: Fields, apiSecret: string): string {
  return createHmac('sha256', apiSecret).update(canonicalPayload(fields), 'utf8').digest('hex');
}

function requireJson(where: string, value: unknown, depth: number): void {
  if (depth > MAX_NESTING) throw new TypeError(`${where} is nested more than ${MAX_NESTING} deep`);
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError(`${where} contains half of a surrogate pair`);
    return;
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${where} is not a finite number`);
    return;
  }
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      requireJson(`${where}[${index}]`, item, depth + 1);
    });
    return;
  }
  if (typeof value !== 'object' || !isPlain(value)) throw new TypeError(`${where} is not a JSON value`);
  for (const [name, member] of Object.entries(value)) {
    if (member !== undefined) requireJson(`${where}.${name}`, member, depth + 1);
  }
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
