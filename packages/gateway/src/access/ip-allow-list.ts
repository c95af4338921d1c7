import { BlockList } from 'node:net';
import { BoundedMap } from '../bounded-map.ts';
import { type Address, parseAddress, parseSource } from './address.ts';

interface Range {
  readonly address: Address;
  /** Undefined for an exact address. */
  readonly prefix: number | undefined;
}

const BITS = { ipv4: 32, ipv6: 128 } as const;
/** Bits in front of a v4 address inside v6. */
const MAPPED_BITS = 96;
const PREFIX = /^(0|[1-9]\d{0,2})$/;

/** Index of the first entry that is neither an address nor a CIDR range, or -1. */
export function firstInvalidEntry(entries: readonly string[]): number {
  return entries.findIndex((entry) => parseRange(entry) === undefined);
}

function parseRange(entry: string): Range | undefined {
  const slash = entry.indexOf('/');
  const text = slash === -1 ? entry : entry.slice(0, slash);
  const address = parseAddress(text);
  if (address === undefined || slash === -1) return address === undefined ? undefined : { address, prefix: undefined };
  const prefixText = entry.slice(slash + 1);
  if (!PREFIX.test(prefixText)) return undefined;
  const wasMapped = address.family === 'ipv4' && text.includes(':');
  const prefix = Number(prefixText) - (wasMapped ? MAPPED_BITS : 0);
  return prefix >= 0 && prefix <= BITS[address.family] ? { address, prefix } : undefined;
}

/** One list a family: Node matches a v4 address with v6 rules too, and `::/0` is meant to allow v6 alone. */
type Compiled = Readonly<Record<Address['family'], BlockList>>;

function compile(entries: readonly string[]): Compiled {
  const compiled: Compiled = { ipv4: new BlockList(), ipv6: new BlockList() };
  for (const entry of entries) {
    const range = parseRange(entry);
    // An entry that cannot be read allows nobody.
    if (range === undefined) continue;
    const { text, family } = range.address;
    if (range.prefix === undefined) compiled[family].addAddress(text, family);
    else compiled[family].addSubnet(text, range.prefix, family);
  }
  return compiled;
}

/** Compiled allow-lists that are kept. */
const COMPILED_LISTS_MAX = 10_000;

/** Checks source addresses against the allow-lists of keys; lists are compiled once while they are in use. */
export class IpAllowLists {
  readonly #compiled = new BoundedMap<string, Compiled>(COMPILED_LISTS_MAX);

  /** Whether the address may pass: always with an empty list, never with an unreadable address. */
  allows(entries: readonly string[], source: string): boolean {
    if (entries.length === 0) return true;
    const address = parseSource(source);
    if (address === undefined) return false;
    return this.#listOf(entries)[address.family].check(address.text, address.family);
  }

  #listOf(entries: readonly string[]): Compiled {
    const key = entries.join(',');
    const known = this.#compiled.get(key);
    if (known !== undefined) return known;
    const list = compile(entries);
    this.#compiled.set(key, list);
    return list;
  }
}
