/** Tells whether a received value is what a field of a message may hold. */
export type Check<T> = (value: unknown) => value is T;

/** The longest texts that a message may hold, in UTF-16 code units. A message beyond them is malformed. */
export const LIMITS = {
  channelId: 128,
  nonce: 64,
  symbol: 32,
  embedToken: 4096,
  /** Order ids, enum values, decimals. */
  value: 64,
  message: 1000,
  detail: 4000,
} as const;

/** A text of at most `maximum` code units. */
export function text(maximum: number): Check<string> {
  return (value): value is string => typeof value === 'string' && value.length <= maximum;
}

/** One of the values listed. */
export function oneOf<T>(values: readonly T[]): Check<T> {
  return (value): value is T => (values as readonly unknown[]).includes(value);
}

/** An integer that a plain number holds exactly. */
export const integer: Check<number> = (value): value is number => Number.isSafeInteger(value);
