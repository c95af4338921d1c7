const DECIMALS = 8;

/** Units of 1e-8 of an amount as the Agent API writes it. @throws Error for anything else */
export function unitsOf(amount: string): bigint {
  const [, sign, whole, fraction = ''] = /^(-?)(0|[1-9]\d*)(?:\.(\d{1,8}))?$/.exec(amount) ?? [];
  if (whole === undefined) throw new Error(`"${amount}" is no amount of at most ${DECIMALS} decimals`);
  const units = BigInt(whole + fraction.padEnd(DECIMALS, '0'));
  return sign === '-' ? -units : units;
}

/** An amount of units, with all its decimals: another spelling of a number than the venue's own. */
export function amountOf(units: bigint): string {
  const digits = String(units).padStart(DECIMALS + 1, '0');
  return `${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`;
}
