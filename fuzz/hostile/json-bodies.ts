import type { SeededRandom } from '@openvenue/core/testing';
import { HOSTILE_TEXTS, hostileLiteral, nested } from './literals.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A body and what was done to it; `intact` for nothing. */
export interface HostileBody {
  readonly bytes: Buffer;
  readonly mutation: string;
}

/** Stands for a literal while a body is written. */
const HOLE = '\u0001hole\u0001';
const HOLE_TEXT = JSON.stringify(HOLE);
const REPEATED = [2, 20, 21, 51, 1_000];

const MUTATIONS: Readonly<Record<string, (body: Fields, random: SeededRandom) => string | Buffer>> = {
  value: (body, random) => withHole(body, random).replace(HOLE_TEXT, () => hostileLiteral(random)),
  depth: (body, random) => withHole(body, random).replace(HOLE_TEXT, () => nested(random)),
  missing: (body, random) => {
    const left = Object.entries(body);
    if (left.length > 0) left.splice(random.integer(0, left.length - 1), 1);
    return JSON.stringify(Object.fromEntries(left));
  },
  unknownKey: (body, random) => {
    const key = random.pick(['__proto__', 'constructor', 'prototype', 'reduceonly', ...HOSTILE_TEXTS]);
    return inserted(JSON.stringify(body), `${JSON.stringify(key)}:${hostileLiteral(random)}`, random);
  },
  duplicateKey: (body, random) => {
    const [key, value] = random.pick([...Object.entries(body), ['symbol', 'BTCUSDT']]);
    const name = random.chance(1, 3) ? escaped(key) : JSON.stringify(key);
    const again = random.chance(1, 2) ? JSON.stringify(value) : hostileLiteral(random);
    return inserted(JSON.stringify(body), `${name}:${again}`, random);
  },
  manyItems: (body, random) => {
    const count = random.pick(REPEATED);
    const grown = Object.entries(body).map(([name, value]) =>
      Array.isArray(value) ? [name, Array.from({ length: count }, () => value[0])] : [name, value],
    );
    return JSON.stringify(Object.fromEntries(grown));
  },
  manyKeys: (body, random) => {
    const more = Array.from({ length: random.pick([10, 1_000, 4_000]) }, (_, at) => [`k${at}`, at]);
    return JSON.stringify({ ...body, ...Object.fromEntries(more) });
  },
  topLevel: (body, random) => random.pick(['[]', 'null', '1', '"x"', 'true', `[${JSON.stringify(body)}]`]),
  truncated: (body, random) => {
    const text = JSON.stringify(body);
    return text.slice(0, random.integer(0, text.length - 1));
  },
  trailing: (body, random) => JSON.stringify(body) + random.pick(['x', '{}', ',', '\u0000', '//', '\ufeff']),
  spaced: (body, random) => {
    const space = random
      .pick([' ', '\t', '\n', '\r\n', '\u00a0', '\u2028', '\v'])
      .repeat(random.pick([1, 100, 20_000]));
    return space + JSON.stringify(body, undefined, 2) + space;
  },
  encoding: (body, random) => {
    const text = JSON.stringify(body);
    return random.pick([
      Buffer.from(text, 'utf16le'),
      Buffer.from(text, 'utf16le').swap16(),
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]),
      Buffer.from(text, 'base64'),
    ]);
  },
  badUtf8: (body, random) => {
    const bytes = Buffer.from(JSON.stringify(body));
    const bad = random.pick([[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82], [0x80]]);
    const at = random.integer(0, bytes.length);
    return Buffer.concat([bytes.subarray(0, at), Buffer.from(bad), bytes.subarray(at)]);
  },
  flippedByte: (body, random) => {
    const bytes = Buffer.from(JSON.stringify(body));
    for (let flips = random.integer(1, 4); flips > 0; flips--) {
      bytes[random.integer(0, bytes.length - 1)] = random.integer(0, 255);
    }
    return bytes;
  },
  noise: (_body, random) => Buffer.from(Array.from({ length: random.integer(1, 300) }, () => random.integer(0, 255))),
};

export const BODY_MUTATIONS: readonly string[] = Object.keys(MUTATIONS);

/** A body with one thing wrong with it, the most likely being one of its values. */
export function hostileBody(body: Fields, random: SeededRandom): HostileBody {
  const mutation = random.chance(2, 5) ? 'value' : random.pick(BODY_MUTATIONS);
  const made = MUTATIONS[mutation]?.(body, random) ?? '';
  return { bytes: typeof made === 'string' ? Buffer.from(made) : made, mutation };
}

/** The body as a text with a hole in the place of one of its values, at any depth. */
function withHole(body: Fields, random: SeededRandom): string {
  const copy = structuredClone(body) as Record<string, unknown>;
  let at: Record<string, unknown> = copy;
  for (;;) {
    const keys = Object.keys(at);
    const key = keys.length === 0 ? 'none' : random.pick(keys);
    const value = at[key];
    if (typeof value !== 'object' || value === null || Object.keys(value).length === 0 || random.chance(1, 4)) {
      at[key] = HOLE;
      return JSON.stringify(copy);
    }
    at = value as Record<string, unknown>;
  }
}

/** The text with one more member in one of its objects. */
function inserted(text: string, member: string, random: SeededRandom): string {
  const places = [...text.matchAll(/\{/g)].map(({ index }) => index + 1);
  const at = random.pick(places);
  const comma = text[at] === '}' ? '' : ',';
  return text.slice(0, at) + member + comma + text.slice(at);
}

/** The name in escapes: another text for the same key. */
function escaped(name: string): string {
  const units = Array.from({ length: name.length }, (_, at) => name.charCodeAt(at).toString(16).padStart(4, '0'));
  return `"${units.map((unit) => `\\u${unit}`).join('')}"`;
}
