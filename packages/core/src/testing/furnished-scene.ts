import type { Command, CommandType } from '../command.ts';
import type { RejectDetails, RejectReason } from '../reject.ts';
import { everyCommand, furnishedVenue } from './every-command.ts';
import type { TestVenue } from './test-venue.ts';

type Parts = Readonly<Record<string, unknown>>;

/** A furnished venue, and commands to it that differ from good ones. */
export interface Scene {
  readonly venue: TestVenue;
  /** A good command with other parts in it, one level deep. */
  readonly like: (type: CommandType, changes?: Parts, inner?: Readonly<Record<string, Parts>>) => Command;
  /** Many commands, all accepted, without the checks of all invariants after each. */
  readonly many: (count: number, command: (n: number) => Command) => void;
  readonly nonce: () => Parts;
}

/** What is wrong, the last command to a furnished venue, and the refusal of it. */
export type RefusedCase = readonly [string, (scene: Scene) => Command, RejectReason, RejectDetails];

export const DAY_MS = 86_400_000;
export const hash = (n: number): string => n.toString(16).padStart(64, '0');

export function furnished(): Scene {
  const venue = furnishedVenue();
  const templates = everyCommand(venue.timeMs);
  let nonces = 10_000;
  return {
    venue,
    like: (type, changes = {}, inner = {}) => {
      const parts: Record<string, unknown> = { ...templates[type][0], ...changes, type };
      for (const [key, more] of Object.entries(inner)) parts[key] = { ...(parts[key] as Parts), ...more };
      return parts as unknown as Command;
    },
    many: (count, command) => {
      for (let n = 0; n < count; n++) {
        const { reply } = venue.core.apply(venue.core.sequence + 1, venue.timeMs, command(n));
        if (!reply.ok) throw new Error(`number ${n} was refused: ${reply.reason}`);
      }
    },
    nonce: () => ({ agentId: 1, nonceHash: hash(++nonces), expiresAtMs: venue.timeMs + DAY_MS / 288 }),
  };
}
