import { describe, expect, it } from 'vitest';
import type { Actor } from './actor.ts';
import type { AgencyCommand } from './agency/command.ts';
import type { Command } from './command.ts';
import { Core, type Outcome } from './core.ts';
import { MAX_PRICED_SYMBOLS, MAX_QUOTES } from './exchange/forms/command-form.ts';
import { everyCommand, furnishedVenue } from './testing/every-command.ts';
import { mutated, told } from './testing/garbage.ts';
import { SeededRandom } from './testing/index.ts';

const ROUNDS = 15_000;

const venue = furnishedVenue();
const [bytes, timeMs] = [venue.core.snapshot(), venue.timeMs];
const COMMANDS = Object.entries(everyCommand(timeMs)).flatMap(([type, shapes]) =>
  shapes.map((parts) => ({ ...parts, type })),
);

/** What the furnished venue answers, and what it is then. */
function applied(command: unknown): Outcome & { readonly after: Uint8Array } {
  const core = Core.restore(bytes);
  const outcome = core.apply(core.sequence + 1, timeMs, command as Command);
  return { ...outcome, after: core.snapshot() };
}

const NOTHING: Command = { type: 'cancel-order', actor: { userId: 1 }, order: { symbol: 'NONE', orderId: 0 } };
const untouched = applied(NOTHING).after;

/** The state in which the command's proof is used up and nothing else has happened: a nonce or a signature works once (AGY-7, IDN-15). */
function proofTaken(command: unknown): Uint8Array | undefined {
  const { agentAuth, actor } = command as {
    agentAuth?: Extract<AgencyCommand, { agentAuth: object }>['agentAuth'];
    actor?: Actor;
  };
  if (agentAuth !== undefined) return applied({ type: 'take-nonce', agentAuth }).after;
  if (actor?.signatureHash === undefined) return undefined;
  return applied({ type: 'renew-listen-key', actor, listenKey: 'none' }).after;
}

/** The state in which a ticket or an embed token that was presented wrongly is used up (AGY-26). */
function signOnBurnt(command: unknown): Uint8Array {
  const { session } = command as { session: object };
  return applied({ ...(command as object), session: { ...session, sessionId: '' } }).after;
}

const isSame = (a: Uint8Array, b: Uint8Array | undefined): boolean => b !== undefined && Buffer.compare(a, b) === 0;

describe('no command, however wrong, throws or half happens', () => {
  it('MAT-12: the commands themselves are good', () => {
    for (const command of COMMANDS) {
      const { reply } = applied(command);
      const offGrid = !reply.ok && reply.reason === 'OFF_GRID';
      expect(reply.ok || offGrid, told([command, reply])).toBe(true);
    }
  });

  it(`MAT-12: ${ROUNDS} commands with any part replaced by garbage are answered, a refusal leaves the state as it was, and it can be saved`, () => {
    const random = new SeededRandom(7);
    const refused = new Set<string>();
    let refusals = 0;
    for (let i = 0; i < ROUNDS; i++) {
      const original = random.pick(COMMANDS);
      const command = mutated(original, random);
      const { reply, events, after } = applied(command);
      expect(typeof reply?.ok, told(command)).toBe('boolean');
      if (reply.ok) {
        expect(isSame(Core.restore(after).snapshot(), after), told(command)).toBe(true);
        continue;
      }
      refusals++;
      refused.add(original.type);
      if (isSame(after, untouched)) expect(events, told(command)).toEqual([]);
      else if (events.length === 0) expect(isSame(after, proofTaken(command)), told(command)).toBe(true);
      else {
        expect(events, told(command)).toEqual([expect.objectContaining({ type: 'sign-on-ended', reason: 'BURNT' })]);
        expect(isSame(after, signOnBurnt(command)), told(command)).toBe(true);
      }
    }
    expect(refusals).toBeGreaterThan(ROUNDS / 2);
    expect([...refused].sort()).toEqual([...new Set(COMMANDS.map(({ type }) => type))].sort());
  });

  it.each([null, undefined, 5, 'text', [], {}, { type: 'no-such' }, { type: 'constructor' }, { type: {} }])(
    'MAT-12: refuses %j as a command',
    (command) => {
      const { reply, after } = applied(command);
      expect(reply).toMatchObject({ ok: false, reason: 'INVALID_PARAMETER' });
      expect(isSame(after, untouched)).toBe(true);
    },
  );

  it.each(COMMANDS.filter(({ type }) => type !== 'cancel-all-orders').map(({ type }) => type))(
    'MAT-12: refuses %s without its parts',
    (type) => {
      const { reply, events, after } = applied({ type });
      expect(reply).toMatchObject({
        ok: false,
        reason: type === 'configure-symbol' ? 'CONFIGURATION_INVALID' : 'INVALID_PARAMETER',
      });
      expect(events).toEqual([]);
      expect(isSame(after, untouched)).toBe(true);
    },
  );

  it('MAT-12: a typo in a flag is refused and never becomes an open order', () => {
    const { actor, order } = everyCommand(timeMs)['place-order'][0] as { actor: object; order: object };
    const { reply } = applied({ type: 'place-order', actor, order: { ...order, reduceOnly: 'true' } });
    expect(reply).toMatchObject({ ok: false, reason: 'INVALID_PARAMETER' });
  });

  it('AGY-7: a command whose parts have the wrong types does not use its nonce up', () => {
    const [good] = everyCommand(timeMs)['bind-user'];
    const core = Core.restore(bytes);
    const run = (command: unknown) => core.apply(core.sequence + 1, timeMs, command as Command).reply;
    expect(run({ ...good, type: 'bind-user', agentUserId: 5 })).toMatchObject({ reason: 'INVALID_PARAMETER' });
    expect(run({ ...good, type: 'bind-user' })).toMatchObject({ ok: true });
  });

  it.each([
    [
      'quotes of a symbol',
      {
        symbols: [
          {
            symbol: 'BTCUSDT',
            quotes: Array.from({ length: MAX_QUOTES + 1 }, () => ({ source: 's', price: 1, ageMs: 0, weight: 1 })),
          },
        ],
      },
    ],
    ['symbols', { symbols: Array.from({ length: MAX_PRICED_SYMBOLS + 1 }, () => ({ symbol: 'BTCUSDT', quotes: [] })) }],
  ])('PRC-1: refuses a price command with too many %s', (_name, rest) => {
    expect(applied({ type: 'update-prices', ...rest }).reply).toMatchObject({ ok: false });
  });
});
