import { createHash } from 'node:crypto';
import { decodeCommand, encodeCommand } from '../src/command-codec.ts';
import { Core } from '../src/core.ts';
import type { LoggedCommand } from '../src/testing/golden-recipes.ts';

/** The state is compared after so many commands, and at the end. */
export const STATE_EVERY = 500;

/** What a golden log must lead to. Hashes are SHA-256 in hex. */
export interface Expected {
  readonly rules: number;
  readonly commands: number;
  /** Hash of the snapshot by the number of commands before it. */
  readonly states: Readonly<Record<string, string>>;
  /** Hash over every reply and its events. */
  readonly outcomes: string;
  /** How often each reply and event came, to say where to look when the hashes differ. */
  readonly counts: Readonly<Record<string, number>>;
}

/** One command a line, with the time it was stamped with; the command is written as the log writes it. */
export const encodeLog = (log: readonly LoggedCommand[]): string =>
  log.map(({ timeMs, command }) => `{"timeMs":${timeMs},"command":${encodeCommand(command)}}\n`).join('');

export const decodeLog = (text: string): readonly LoggedCommand[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => decodeCommand(line) as unknown as LoggedCommand);

/** Applies a log to a new core. */
export function replay(log: readonly LoggedCommand[]): Expected {
  const core = new Core();
  const outcomes = createHash('sha256');
  const counts = new Map<string, number>();
  const states: Record<string, string> = {};
  for (const [i, { timeMs, command }] of log.entries()) {
    const { reply, events } = core.apply(i + 1, timeMs, command);
    outcomes.update(`${JSON.stringify(canonical({ reply, events }))}\n`);
    const kinds = [reply.ok ? `ok ${command.type}` : reply.reason, ...events.map(({ type }) => type)];
    for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    if ((i + 1) % STATE_EVERY === 0 || i + 1 === log.length) states[i + 1] = hashOf(core.snapshot());
  }
  return {
    rules: core.rules,
    commands: log.length,
    states,
    outcomes: outcomes.digest('hex'),
    counts: Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The same facts with their names in order, so that only facts count. */
function canonical(value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [key, canonical(part)]));
}
