import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Actor } from '../actor.ts';
import { StateReader } from '../state/reader.ts';
import type { IdentityCommand } from './command.ts';
import { MAX_LISTEN_KEYS_PER_USER } from './limits.ts';
import type { Need } from './permission.ts';
import { bytesOf, Driver, hash, listenKeyText, restoredFrom } from './testing/driver.ts';

/** Small pools, so that commands meet each other's users, sessions, keys, tokens and signatures. */
const userId = fc.integer({ min: 1, max: 4 });
const sessionId = fc.constantFrom('s1', 's2', 's3', 's4', 's5', 's6');
const keyId = fc.integer({ min: 1, max: 8 });
const token = fc.integer({ min: 0, max: 6 }).map(hash);
const listenKey = fc.integer({ min: 1, max: 30 }).map(listenKeyText);
const lifeMs = fc.constantFrom(1, 5_000, 60_000, 7_200_000);

/** Times are relative to the command's own time and made absolute as it is run. */
interface Step {
  readonly afterMs: number;
  readonly command: IdentityCommand | { readonly type: 'authorize'; readonly actor: Actor; readonly need: Need };
}

const actor: fc.Arbitrary<Actor> = fc.record(
  { userId, sessionId, apiKeyId: keyId, signatureHash: token, signatureExpiresAtMs: lifeMs },
  { requiredKeys: ['userId'] },
);
const sessionActor: fc.Arbitrary<Actor> = fc.record({ userId, sessionId }, { requiredKeys: ['userId'] });
const ipWhitelist = fc.array(fc.constantFrom('10.0.0.0/8', '2001:db8::1'), { maxLength: 2, size: 'max' });

const command: fc.Arbitrary<Step['command']> = fc.oneof(
  fc.record({
    type: fc.constant('create-user' as const),
    username: fc.constantFrom('alice', 'ALICE', 'bob', 'carol', 'dave'),
    externalUserId: fc.integer({ min: 1, max: 5 }).map((number) => String(1_000_000_000 + number)),
    displayName: fc.string({ unit: 'binary', maxLength: 4 }),
    passwordHash: fc.constantFrom('', 'h1'),
    kind: fc.constantFrom('trader' as const, 'house' as const),
  }),
  fc.record({ type: fc.constant('set-password' as const), userId, passwordHash: fc.constantFrom('', 'h2') }),
  fc.record({ type: fc.constant('set-user-disabled' as const), userId, disabled: fc.boolean() }),
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('open-session' as const),
      userId,
      sessionId,
      refreshTokenHash: fc.oneof(token, fc.constant('')),
      refreshExpiresAtMs: lifeMs,
      ip: fc.constantFrom('192.0.2.1', '2001:db8::2'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('rotate-refresh-token' as const),
      sessionId,
      presentedTokenHash: token,
      nextTokenHash: token,
      refreshExpiresAtMs: lifeMs,
    }),
  },
  fc.record({ type: fc.constant('revoke-session' as const), sessionId }),
  fc.record({ type: fc.constant('revoke-all-sessions' as const), userId }),
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('create-api-key' as const),
      actor: sessionActor,
      apiKey: fc.integer({ min: 0, max: 9 }).map((number) => `fx_key-number-${number}`),
      label: fc.constantFrom('bot', '\u{1F916}'),
      permissions: fc.integer({ min: 1, max: 7 }),
      ipWhitelist,
      sealedSecret: fc.constant('sealed'),
    }),
  },
  fc.record(
    {
      type: fc.constant('update-api-key' as const),
      actor: sessionActor,
      id: keyId,
      label: fc.constant('renamed'),
      permissions: fc.integer({ min: 1, max: 7 }),
      ipWhitelist,
      enabled: fc.boolean(),
    },
    { requiredKeys: ['type', 'actor', 'id'] },
  ),
  fc.record({ type: fc.constant('delete-api-key' as const), actor: sessionActor, id: keyId }),
  fc.record({ type: fc.constant('delete-all-api-keys' as const), actor: sessionActor }),
  fc.record({
    type: fc.constant('touch-api-keys' as const),
    uses: fc.array(fc.record({ id: keyId, usedAtMs: fc.nat(1_000_000) }), { maxLength: 3, size: 'max' }),
  }),
  { weight: 6, arbitrary: fc.record({ type: fc.constant('create-listen-key' as const), actor, listenKey }) },
  fc.record({ type: fc.constant('renew-listen-key' as const), actor, listenKey }),
  fc.record({ type: fc.constant('close-listen-key' as const), actor, listenKey }),
  fc.record({
    type: fc.constant('set-favorite-symbols' as const),
    actor,
    symbols: fc.array(fc.constantFrom('BTCUSDT', 'ETHUSDT', 'SOLUSDT', ''), { maxLength: 3, size: 'max' }),
  }),
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('authorize' as const),
      actor,
      need: fc.constantFrom('read' as const, 'trade' as const, 'funds' as const, 'session' as const),
    }),
  },
);

const step: fc.Arbitrary<Step> = fc.record({ afterMs: fc.constantFrom(0, 0, 1, 4_999, 10_001, 1_800_000), command });
/** Users that most commands find; random ones come on top. */
const FIRST_USERS = 3;

function withAbsoluteTimes(from: Step['command'], timeMs: number): Step['command'] {
  const absolute = (who: Actor): Actor =>
    who.signatureExpiresAtMs === undefined ? who : { ...who, signatureExpiresAtMs: timeMs + who.signatureExpiresAtMs };
  const timed = 'refreshExpiresAtMs' in from ? { ...from, refreshExpiresAtMs: timeMs + from.refreshExpiresAtMs } : from;
  return 'actor' in timed ? { ...timed, actor: absolute(timed.actor) } : timed;
}

function perform(driver: Driver, { afterMs, command: relative }: Step): unknown {
  const expired = driver.pass(afterMs);
  const absolute = withAbsoluteTimes(relative, driver.timeMs);
  if (absolute.type === 'authorize') {
    return { expired, refusal: driver.identity.authorize(absolute.actor, driver.timeMs, absolute.need) };
  }
  return { expired, turned: driver.run(absolute) };
}

function started(): Driver {
  const driver = new Driver();
  for (let number = 1; number <= FIRST_USERS; number++) driver.user(100 + number);
  return driver;
}

describe('save and load', () => {
  test('IDN-18: restored at any point, the state goes on as if it had never stopped', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 60 }),
        fc.array(step, { maxLength: 60, size: 'max' }),
        (before, after) => {
          const live = started();
          for (const each of before) perform(live, each);
          const bytes = live.bytes();
          const restored = new Driver();
          restored.timeMs = live.timeMs;
          restored.identity = restoredFrom(bytes);
          expect(restored.bytes()).toEqual(bytes);
          for (const each of after) {
            expect(perform(restored, each)).toEqual(perform(live, each));
            expect(restored.bytes()).toEqual(live.bytes());
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('IDN-1: a refused command has changed nothing, apart from reuse and the signature', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80, size: 'max' }), (steps) => {
        const driver = started();
        for (const { afterMs, command: relative } of steps) {
          driver.pass(afterMs);
          const absolute = withAbsoluteTimes(relative, driver.timeMs);
          if (absolute.type === 'authorize' || ('actor' in absolute && absolute.actor.signatureHash !== undefined))
            continue;
          const before = driver.bytes();
          const { reply, events } = driver.run(absolute);
          if (reply.ok || reply.reason === 'REFRESH_TOKEN_REUSED') continue;
          expect(events).toEqual([]);
          expect(driver.bytes()).toEqual(before);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('IDN-12, IDN-17: no listen key outlives its hour or its session, and no user has more than the limit', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120, size: 'max' }), (steps) => {
        const driver = started();
        const alive = new Map<string, number>();
        for (const each of steps) {
          driver.pass(each.afterMs);
          const absolute = withAbsoluteTimes(each.command, driver.timeMs);
          if (absolute.type === 'authorize') continue;
          for (const event of driver.run(absolute).events) {
            if (event.type === 'listen-key-created') alive.set(event.listenKey, event.userId);
          }
          for (const [text, owner] of alive) {
            const key = driver.identity.listenKey(text);
            if (key === undefined) {
              alive.delete(text);
              continue;
            }
            expect(key.userId).toBe(owner);
            expect(key.expiresAtMs).toBeGreaterThan(driver.timeMs);
            if (key.sessionId !== '') expect(driver.identity.session(key.sessionId)?.revoked).toBe(false);
          }
          for (let owner = 1; owner <= FIRST_USERS; owner++) {
            const count = [...alive.values()].filter((id) => id === owner).length;
            expect(count).toBeLessThanOrEqual(MAX_LISTEN_KEYS_PER_USER);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  test('IDN-18: a state that was cut short is refused and the present one stays', () => {
    const driver = started();
    driver.open(1, 's1');
    const bytes = driver.bytes();
    for (let length = 0; length < bytes.length; length++) {
      expect(() => driver.identity.load(new StateReader(bytes.subarray(0, length)))).toThrow(RangeError);
    }
    expect(bytesOf(driver.identity)).toEqual(bytes);
  });
});
