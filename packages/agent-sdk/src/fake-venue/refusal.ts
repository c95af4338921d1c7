import { AGENT_CODES } from '../codes.ts';

/** Thrown by a handler: the call is answered with this code, and nothing happens. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: number;

  constructor(reason: keyof typeof AGENT_CODES, message: string) {
    super(message);
    this.code = AGENT_CODES[reason];
  }
}

export type RequestFields = Readonly<Record<string, unknown>>;

/** A text that must be there. */
export function needText(fields: RequestFields, name: string, maxCharacters = 256): string {
  const value = optionalText(fields, name, maxCharacters);
  if (value === undefined) throw new Refusal('parameterMissing', `${name} is missing`);
  return value;
}

/** A text that may be left out; `null` and `''` count as left out. */
export function optionalText(fields: RequestFields, name: string, maxCharacters = 256): string | undefined {
  const value = fields[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw new Refusal('parameterInvalid', `${name} must be a string`);
  if (value.length > maxCharacters) throw new Refusal('parameterOutOfRange', `${name} is too long`);
  return value;
}

export function needChoice<T extends string>(fields: RequestFields, name: string, allowed: readonly T[]): T {
  const value = needText(fields, name);
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new Refusal('parameterInvalid', `${name} must be one of ${allowed.join(', ')}`);
  return found;
}

export function optionalFlag(fields: RequestFields, name: string): boolean | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'boolean') throw new Refusal('parameterInvalid', `${name} must be a boolean`);
  return value;
}

export function optionalCount(
  fields: RequestFields,
  name: string,
  bounds: { readonly from: number; readonly to: number },
): number | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
    throw new Refusal('parameterInvalid', `${name} must be an integer`);
  }
  if (value < bounds.from || value > bounds.to) throw new Refusal('parameterOutOfRange', `${name} is out of range`);
  return value;
}
