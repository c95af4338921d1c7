/** Reads a plain non-negative decimal with at most 8 decimals as a count of 1e-8; `undefined` when it is none. */
export function parseUnits(decimal: unknown): bigint | undefined {
  if (typeof decimal !== 'string' || !/^(?:0|[1-9]\d{0,19})(?:\.\d{1,8})?$/.test(decimal)) return undefined;
  const [whole = '0', fraction = ''] = decimal.split('.');
  return BigInt(whole) * 100_000_000n + BigInt(fraction.padEnd(8, '0'));
}

/** Writes a count of 1e-8 as the shortest plain decimal. */
export function formatUnits(units: bigint): string {
  const digits = units.toString().padStart(9, '0');
  const fraction = digits.slice(-8).replace(/0+$/, '');
  return fraction === '' ? digits.slice(0, -8) : `${digits.slice(0, -8)}.${fraction}`;
}
