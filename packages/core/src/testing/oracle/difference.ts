/** A figure that the core and the oracle disagree about, or a rule that the oracle sees broken. */
export class OracleDifference extends Error {
  readonly figure: string;
  readonly userId: number;

  constructor(figure: string, { userId = 0, core, oracle }: Difference) {
    super(`${figure}${userId === 0 ? '' : ` of user ${userId}`}: core ${text(core)}, oracle ${text(oracle)}`);
    this.name = 'OracleDifference';
    this.figure = figure;
    this.userId = userId;
  }
}

export interface Difference {
  /** 0 for a figure of no user. */
  readonly userId?: number;
  readonly core: unknown;
  readonly oracle: unknown;
}

/** @throws OracleDifference when the core's figure is another one than the oracle's */
export function agree(figure: string, difference: Difference): void {
  if (difference.core !== difference.oracle) throw new OracleDifference(figure, difference);
}

/** @throws OracleDifference when a rule does not hold; `seen` is what it was judged by */
export function hold(rule: string, holds: boolean, { userId = 0, seen }: { userId?: number; seen: unknown }): void {
  if (!holds) throw new OracleDifference(rule, { userId, core: seen, oracle: 'otherwise' });
}

export const text = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : (JSON.stringify(value, (_key, each) => (typeof each === 'bigint' ? `${each}n` : each)) ?? 'nothing');
