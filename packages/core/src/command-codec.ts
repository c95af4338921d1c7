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

/** The plain values anywhere inside a type. */
type Leaf<T> = T extends bigint | string | number | boolean | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? Leaf<Item>
    : { [K in keyof T]-?: Leaf<T[K]> }[keyof T];
/** The commands that carry a bigint somewhere. */
type Carrying = {
  [C in Command as C['type']]: [Extract<Leaf<C>, bigint>] extends [never] ? never : C['type'];
}[Command['type']];

/** The commands that carry money, which the compiler knows; all others need no replacer, which halves their cost. */
const CARRIES_BIGINT: Readonly<Record<Carrying, true>> = {
  'configure-symbol': true,
  'set-fee-schedule': true,
  'adjust-insurance-fund': true,
  'adjust-wallet': true,
  'adjust-isolated-margin': true,
  'adjust-agent-deposit': true,
  transfer: true,
  'wallet-transfer': true,
  'move-own-funds': true,
};
const MONEY_COMMANDS: ReadonlySet<Command['type']> = new Set(Object.keys(CARRIES_BIGINT) as Carrying[]);

/** One command as a line of JSON without line breaks. */
export function encodeCommand(command: Command): string {
  return MONEY_COMMANDS.has(command.type) ? JSON.stringify(command, replace) : JSON.stringify(command);
}

/** Reads what {@link encodeCommand} wrote. @throws SyntaxError for anything else */
export function decodeCommand(text: string): Command {
  return (text.includes(`{"${BIGINT_KEY}":`) ? JSON.parse(text, revive) : JSON.parse(text)) as Command;
}
