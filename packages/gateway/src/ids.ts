/** What an external id names; the kind is its first digit, so that an id of one kind is never taken for another. */
export type IdKind =
  | 'order'
  | 'trade'
  | 'fill'
  | 'api-key'
  | 'position'
  | 'ledger'
  | 'ledger-entry'
  | 'condition'
  | 'strategy';

const PREFIX: Readonly<Record<IdKind, string>> = {
  order: '1',
  trade: '2',
  fill: '3',
  'api-key': '4',
  position: '5',
  ledger: '6',
  'ledger-entry': '7',
  condition: '8',
  strategy: '9',
};
/** Digits behind the prefix: 19 in all, which keeps every id below 2^63. */
const DIGITS = 18;
const EXTERNAL = /^[1-9]\d{18}$/;

/** The external form of an internal id: `1` and the id padded to 18 digits for an order. */
export function externalId(kind: IdKind, internal: number): string {
  if (!Number.isSafeInteger(internal) || internal < 0) throw new RangeError(`not an internal id: ${internal}`);
  return PREFIX[kind] + String(internal).padStart(DIGITS, '0');
}

/** The internal id, or undefined for a text that is no external id of this kind. */
export function internalId(kind: IdKind, external: string): number | undefined {
  if (!EXTERNAL.test(external) || external[0] !== PREFIX[kind]) return undefined;
  const internal = Number(external.slice(1));
  return Number.isSafeInteger(internal) ? internal : undefined;
}
