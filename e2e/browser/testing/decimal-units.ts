const PLACES = 18;

/** A plain decimal as whole units of 1e-18, so that amounts can be added without a loss. */
export function unitsOf(decimal: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,18}))?$/.exec(decimal);
  if (match === null) throw new Error(`"${decimal}" is no plain decimal`);
  const [, sign, whole = '', fraction = ''] = match;
  const units = BigInt(whole + fraction.padEnd(PLACES, '0'));
  return sign === '-' ? -units : units;
}

export const sumOf = (decimals: readonly string[]): bigint =>
  decimals.reduce((sum, decimal) => sum + unitsOf(decimal), 0n);
