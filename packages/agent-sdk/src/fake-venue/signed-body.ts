import { createHmac, timingSafeEqual } from 'node:crypto';

/** A request body: its fields, and each field's text as it was sent, without white space outside of strings. */
export interface SignedBody {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly texts: ReadonlyMap<string, string>;
}

/** Reads a body; `undefined` when it is no JSON object or names a field twice. */
export function parseSignedBody(raw: string): SignedBody | undefined {
  let fields: unknown;
  try {
    fields = JSON.parse(raw);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return undefined;
  const texts = membersOf(compact(raw));
  return texts === undefined ? undefined : { fields: fields as Record<string, unknown>, texts };
}

/** The payload that must have been signed, made from the text of the body: numbers, arrays and objects count as they were written. */
export function payloadOf(body: SignedBody): string {
  return [...body.texts.entries()]
    .filter(([name, text]) => name !== 'sign' && text !== 'null' && text !== '""')
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, text]) => `${name}=${text.startsWith('"') ? JSON.parse(text) : text}`)
    .join('&');
}

/** Whether the body carries the right `sign` under one of the secrets. */
export function signHolds(body: SignedBody, secrets: readonly string[]): boolean {
  const sign = body.fields['sign'];
  if (typeof sign !== 'string' || !/^[0-9a-f]{64}$/.test(sign)) return false;
  const payload = payloadOf(body);
  return secrets.some((secret) =>
    timingSafeEqual(createHmac('sha256', secret).update(payload).digest(), Buffer.from(sign, 'hex')),
  );
}

/** Every string literal, or one white space run. */
const STRINGS_AND_SPACE = /"(?:[^"\\]|\\.)*"|\s+/g;

function compact(json: string): string {
  return json.replace(STRINGS_AND_SPACE, (match) => (match.startsWith('"') ? match : ''));
}

/** Splits the compact text of a valid object at its own commas and colons. */
function membersOf(json: string): Map<string, string> | undefined {
  const members = new Map<string, string>();
  let depth = 0;
  let start = 1;
  for (let index = 0; index < json.length; index += 1) {
    const char = json[index];
    if (char === '"') {
      index = endOfString(json, index);
    } else if (char === '{' || char === '[') {
      depth += 1;
    } else if (char === '}' || char === ']') {
      depth -= 1;
    }
    const isEnd = depth === 0 || (depth === 1 && char === ',');
    if (!isEnd || index === start) continue;
    const nameEnd = endOfString(json, start) + 1;
    const name = JSON.parse(json.slice(start, nameEnd)) as string;
    if (members.has(name)) return undefined;
    members.set(name, json.slice(nameEnd + 1, index));
    start = index + 1;
  }
  return members;
}

/** Index of the quote that closes the string beginning at `open`. */
function endOfString(json: string, open: number): number {
  let index = open + 1;
  while (json[index] !== '"') index += json[index] === '\\' ? 2 : 1;
  return index;
}
