/** An answer does not have the promised form; `message` says where. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/** Reads one value of an answer. @throws ShapeError */
export type Decoder<T> = (value: unknown, where: string) => T;

export const text: Decoder<string> = (value, where) =>
  typeof value === 'string' ? value : fail(where, value, 'a string');

export const flag: Decoder<boolean> = (value, where) =>
  typeof value === 'boolean' ? value : fail(where, value, 'a boolean');

/** An integer that a JavaScript number holds exactly. */
export const integer: Decoder<number> = (value, where) =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : fail(where, value, 'a safe integer');

/** A plain decimal in a string, possibly negative; `''` where there is none. */
export const decimal: Decoder<string> = (value, where) =>
  typeof value === 'string' && /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?)?$/.test(value)
    ? value
    : fail(where, value, 'a decimal string');

export function oneOf<T extends string>(...allowed: readonly T[]): Decoder<T> {
  return (value, where) =>
    allowed.find((candidate) => candidate === value) ?? fail(where, value, `one of ${allowed.join(', ')}`);
}

export function listOf<T>(item: Decoder<T>): Decoder<readonly T[]> {
  return (value, where) =>
    Array.isArray(value)
      ? value.map((entry: unknown, index) => item(entry, `${where}[${index}]`))
      : fail(where, value, 'a list');
}

/** Reads the named fields, all of which must be there; any other field is ignored. */
export function record<T extends object>(fields: { readonly [K in keyof T]-?: Decoder<T[K]> }): Decoder<T> {
  const decoders = Object.entries(fields) as [string, Decoder<unknown>][];
  return (value, where) => {
    const source = asObject(value, where);
    const entries = decoders.map(([name, decode]) => {
      if (!Object.hasOwn(source, name)) throw new ShapeError(`${where}.${name} is missing`);
      return [name, decode(source[name], `${where}.${name}`)] as const;
    });
    return Object.fromEntries(entries) as T;
  };
}

export function asObject(value: unknown, where: string): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : fail(where, value, 'an object');
}

function fail(where: string, value: unknown, expected: string): never {
  // The value itself stays out of the message: answers carry tokens, and messages end up in logs.
  const found = value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value;
  throw new ShapeError(`${where} is not ${expected} (found ${found})`);
}
