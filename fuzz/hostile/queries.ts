import type { SeededRandom } from '@openvenue/core/testing';
import { HOSTILE_TEXTS } from './literals.ts';

export interface HostileQuery {
  /** As it stands in the target: visible ASCII alone. */
  readonly text: string;
  readonly mutation: string;
}

const ODD_PARTS = [
  '%',
  '%zz',
  '%ff',
  '%00',
  '%c0%af',
  '%ed%a0%80',
  '%F4%90%80%80',
  '=',
  '&&',
  '==',
  ';a=1',
  '?',
  '??a=1',
  '[]=1',
  '[a]=1',
  'a[b][c]=1',
  '__proto__=1',
  '__proto__[x]=1',
  'constructor=1',
  'toString',
  '+',
  'a+b=c+d',
  '&'.repeat(2_000),
  'a&'.repeat(2_000),
  `a=${'b'.repeat(6_000)}`,
];

/** Percent-encoded as a browser does it, lone halves of characters as their bytes would be. */
export const encoded = (text: string): string =>
  [...Buffer.from(text, 'utf8')]
    .map((byte) =>
      UNRESERVED.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, '0')}`,
    )
    .join('');
const UNRESERVED = /^[A-Za-z0-9._~-]$/;

const intact = (query: Readonly<Record<string, string>>): string[] =>
  Object.entries(query).map(([name, value]) => `${name}=${encoded(value)}`);

/** A query with one thing wrong with it. */
export function hostileQuery(query: Readonly<Record<string, string>>, random: SeededRandom): HostileQuery {
  const parts = intact(query);
  const at = parts.length === 0 ? -1 : random.integer(0, parts.length - 1);
  const [name = 'a'] = (parts[at] ?? 'symbol=').split('=');
  switch (random.integer(0, 5)) {
    case 0:
      parts.splice(at, 1);
      return { text: parts.join('&'), mutation: 'missing parameter' };
    case 1:
      parts.push(`${name}=${encoded(random.pick(HOSTILE_TEXTS).slice(0, 500))}`);
      return { text: parts.join('&'), mutation: 'parameter twice' };
    case 2:
      parts.splice(random.integer(0, parts.length), 0, random.pick(ODD_PARTS));
      return { text: parts.join('&'), mutation: 'odd part' };
    case 3:
      parts[Math.max(0, at)] = encoded(name) + random.pick(['', '=', '==', '%3D1', '[]=1', '[0]=1', '.a=1']);
      return { text: parts.join('&'), mutation: 'odd name' };
    default:
      parts[Math.max(0, at)] = `${name}=${encoded(random.pick(HOSTILE_TEXTS).slice(0, 4_000))}`;
      return { text: parts.join('&'), mutation: 'value' };
  }
}

export const intactQuery = (query: Readonly<Record<string, string>>): string => intact(query).join('&');
