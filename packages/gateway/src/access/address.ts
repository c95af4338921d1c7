import { isIP, SocketAddress } from 'node:net';

const MAPPED_PREFIX = '::ffff:';

/** An address in its canonical text; a v4 address inside v6 is the v4 address. */
export interface Address {
  readonly family: 'ipv4' | 'ipv6';
  readonly text: string;
}

/** Reads an address; undefined for anything else, zone ids included. */
export function parseAddress(text: string): Address | undefined {
  const version = isIP(text);
  if (version === 4) return { family: 'ipv4', text };
  if (version !== 6 || text.includes('%')) return undefined;
  const canonical = new SocketAddress({ address: text, family: 'ipv6' }).address;
  const inner = canonical.startsWith(MAPPED_PREFIX) ? canonical.slice(MAPPED_PREFIX.length) : '';
  return isIP(inner) === 4 ? { family: 'ipv4', text: inner } : { family: 'ipv6', text: canonical };
}

/** A v4 address with a port, or a v6 one in brackets with or without. */
const AS_PROXIES_WRITE = /^(?:([\d.]+):\d{1,5}|\[([\dA-Fa-f:.]+)\](?::\d{1,5})?)$/;

/** Reads the source of a request: an address, to which some proxies add the port that the client had. */
export function parseSource(text: string): Address | undefined {
  const address = parseAddress(text);
  if (address !== undefined) return address;
  const [, v4, v6] = AS_PROXIES_WRITE.exec(text) ?? [];
  return parseAddress(v4 ?? v6 ?? '');
}

/** The source of a request as users are shown it: a v4 address inside v6 as such, and '' for what is no address. */
export const sourceText = (text: string): string => parseSource(text)?.text ?? '';

const V6_GROUPS = 8;
/** Hex groups of a v6 address that one customer is handed as a whole: a /64. */
const V6_NETWORK_GROUPS = 4;
const MAX_UNKNOWN_LENGTH = 64;

/** What limits count by: a v4 address, or the /64 of a v6 one, within which a client can pick addresses at will. */
export function networkOf(text: string): string {
  const address = parseSource(text);
  if (address === undefined) return text.slice(0, MAX_UNKNOWN_LENGTH);
  return address.family === 'ipv4' ? address.text : v6Network(address.text);
}

function v6Network(canonical: string): string {
  const [left = '', right] = canonical.split('::');
  const head = left === '' ? [] : left.split(':');
  const tail = right === undefined || right === '' ? [] : right.split(':');
  const zeros = right === undefined ? 0 : V6_GROUPS - head.length - tail.length;
  const groups = [...head, ...Array<string>(Math.max(zeros, 0)).fill('0'), ...tail];
  return `${groups.slice(0, V6_NETWORK_GROUPS).join(':')}::/64`;
}
