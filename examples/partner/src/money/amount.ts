/** Units of one USDT: amounts are integers of 1e-8. */
export const UNITS_PER_USDT = 100_000_000n;
/** Largest amount of one transfer, in units: a billion USDT. Nine such fit into one 64-bit balance. */
export const MAX_TRANSFER_UNITS = 1_000_000_000n * UNITS_PER_USDT;

const DECIMAL = /^(0|[1-9]\d{0,17})(?:\.(\d{1,8}))?$/;

/** Reads a plain decimal with at most 8 decimals (`"10.5"`) into units; `undefined` for anything else. */
export function parseAmount(text: unknown): bigint | undefined {
  const match = typeof text === 'string' ? DECIMAL.exec(text) : null;
  if (match === null) return undefined;
  const [, whole = '0', fraction = ''] = match;
  return BigInt(whole) * UNITS_PER_USDT + BigInt(fraction.padEnd(8, '0'));
}

/** Units as the shortest plain decimal: `1050000000n` is `"10.5"`. */
export function formatAmount(units: bigint): string {
  const magnitude = units < 0n ? -units : units;
  const fraction = (magnitude % UNITS_PER_USDT).toString().padStart(8, '0').replace(/0+$/, '');
  const whole = `${units < 0n ? '-' : ''}${magnitude / UNITS_PER_USDT}`;
  return fraction === '' ? whole : `${whole}.${fraction}`;
}
