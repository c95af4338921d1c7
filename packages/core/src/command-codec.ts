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

/** The commands that carry money; all others need no replacer, which halves their cost. */
const CARRIES_BIGINT: ReadonlySet<Command['type']> = new Set<Command['type']>([
  'configure-symbol',
  'set-fee-schedule',
  'adjust-wallet',
  'adjust-isolated-margin',
  'adjust-agent-deposit',
  'transfer',
  'wallet-transfer',
]);

/** One command as a line of JSON without line breaks. */
export function encodeCommand(command: Command): string {
  return CARRIES_BIGINT.has(command.type) ? JSON.stringify(command, replace) : JSON.stringify(command);
}

/** Reads what {@link encodeCommand} wrote. @throws SyntaxError for anything else */
export function decodeCommand(text: string): Command {
  return (text.includes(`{"${BIGINT_KEY}":`) ? JSON.parse(text, revive) : JSON.parse(text)) as Command;
}
