/** What is wrong with the keys or the nesting of a JSON text. */
export interface KeyProblem {
  readonly field: string;
  readonly rule: string;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

const PROTOTYPE_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * The first key that repeats within its object or reaches into prototypes, or the nesting that goes too deep. The text
 * must be valid JSON: then a string after `{`, or after `,` in an object, is a key, and one pass without a grammar does.
 */
export function firstKeyProblem(text: string, maxDepth: number): KeyProblem | undefined {
  // One entry per open bracket: the keys seen so far in an object, undefined for an array.
  const open: (Set<string> | undefined)[] = [];
  let keys: Set<string> | undefined;
  let expectsKey = false;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case OPEN_BRACE:
      case OPEN_BRACKET:
        if (open.length === maxDepth) return { field: 'body', rule: `nested at most ${maxDepth} deep` };
        expectsKey = text.charCodeAt(at) === OPEN_BRACE;
        keys = expectsKey ? new Set() : undefined;
        open.push(keys);
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        open.pop();
        keys = open.at(-1);
        expectsKey = false;
        break;
      case COMMA:
        expectsKey = keys !== undefined;
        break;
      case QUOTE: {
        const end = endOfString(text, at);
        if (expectsKey && keys !== undefined) {
          const key = keyText(text, at, end);
          const rule = ruleBrokenBy(key, keys);
          if (rule !== undefined) return { field: key, rule };
          keys.add(key);
          expectsKey = false;
        }
        at = end;
        break;
      }
      default:
        break;
    }
  }
  return undefined;
}

function ruleBrokenBy(key: string, seen: ReadonlySet<string>): string | undefined {
  if (PROTOTYPE_KEYS.has(key)) return 'a key other than __proto__, constructor and prototype';
  return seen.has(key) ? 'given once in its object' : undefined;
}

/** Index of the quote that closes the string which opens at `start`. */
export function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (let char = text.charCodeAt(at); char !== QUOTE; char = text.charCodeAt(at)) at += char === BACKSLASH ? 2 : 1;
  return at;
}

/** The key with its escapes resolved, so that `"a"` and `"\u0061"` are one key. */
export function keyText(text: string, start: number, end: number): string {
  const raw = text.slice(start + 1, end);
  return raw.includes('\\') ? String(JSON.parse(`"${raw}"`)) : raw;
}
