import type { Command } from './command.ts';

/** Bigints travel as `{"~": "decimal"}`, which no other field of a command can look like. */
const BIGINT_KEY = '~';

function replace(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? { [BIGINT_KEY]: value.toString() } : value;
}

function revive(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const text = (value as { readonly [BIGINT_KEY]?: unknown })[BIGINT_KEY];
  return typeof text === 'string' ? BigInt(text) : value;
}

/** `true` when a bigint may be anywhere inside, else `never`. */
type HoldsBigint<T> = T extends bigint
  ? true
  : T extends readonly (infer Item)[]
    ? HoldsBigint<Item>
    : T extends object
      ? T extends number | string
        ? never
        : { [K in keyof T]-?: HoldsBigint<T[K]> }[keyof T]
      : never;
type MoneyCommandType = {
  [T in Command['type']]: [HoldsBigint<Extract<Command, { type: T }>>] extends [never] ? never : T;
}[Command['type']];

/** The commands that carry money, exactly: the types see to it. All others need no replacer, which halves their cost. */
const MONEY_COMMANDS: Readonly<Record<MoneyCommandType, true>> = {
  'configure-symbol': true,
  'adjust-wallet': true,
  'adjust-insurance-fund': true,
  'adjust-isolated-margin': true,
  'adjust-agent-deposit': true,
  'set-fee-schedule': true,
  transfer: true,
  'wallet-transfer': true,
};
const CARRIES_BIGINT: ReadonlySet<string> = new Set(Object.keys(MONEY_COMMANDS));

/** One command as a line of JSON without line breaks. */
export function encodeCommand(command: Command): string {
  return CARRIES_BIGINT.has(command.type) ? JSON.stringify(command, replace) : JSON.stringify(command);
}

/** Reads what {@link encodeCommand} wrote. @throws SyntaxError for anything else */
export function decodeCommand(text: string): Command {
  return (text.includes(`{"${BIGINT_KEY}":`) ? JSON.parse(text, revive) : JSON.parse(text)) as Command;
}
