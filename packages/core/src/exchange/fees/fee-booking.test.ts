import { formatDecimal, type Money, parseDecimal, type Rate } from '@openvenue/money';
import { describe, expect, it } from 'vitest';
import { Core } from '../../core.ts';
import { TestVenue, testSymbol } from '../../testing/index.ts';
import type { FeeSchedule } from './fee-schedule.ts';

const DAY_MS = 86_400_000;
const usdt = (text: string): Money => parseDecimal(text) as Money;
const level = (minVolume: string, maker: number, taker: number) => ({
  minVolume30d: usdt(minVolume),
  maker: maker as Rate,
  taker: taker as Rate,
});
const LEVELS = [level('0', 20_000, 50_000), level('60000', 10_000, 40_000)];

function market() {
  const venue = new TestVenue([testSymbol({ feeLevels: LEVELS })]);
  const [maker, taker] = [venue.user('1000000'), venue.user('1000000')];
  venue.timeMs = Math.ceil(venue.timeMs / DAY_MS) * DAY_MS + 1_000;
  venue.price('60000');
  const fees = (): { maker: string; taker: string } => {
    const before = [maker, taker].map((user) => venue.account(user).wallet);
    venue.trade(taker, maker, { price: '60000', quantity: '1' });
    const paid = [maker, taker].map((user, i) => formatDecimal((before[i] ?? 0n) - venue.account(user).wallet));
    return { maker: paid[0] ?? '', taker: paid[1] ?? '' };
  };
  const nextDay = (): void => {
    venue.timeMs = (Math.floor(venue.timeMs / DAY_MS) + 1) * DAY_MS;
    venue.price('60000');
  };
  return { venue, maker, taker, fees, nextDay };
}

const schedule = (changes: Partial<FeeSchedule>): FeeSchedule => ({
  agentId: 1,
  levels: [],
  markup: { maker: 0 as Rate, taker: 0 as Rate },
  ...changes,
});

describe('fees by level (FEE-1, FEE-2)', () => {
  it('a level holds for the UTC day, is set by its first command, and ends with the window', () => {
    const { venue, taker, fees, nextDay } = market();
    expect(venue.account(taker)).toMatchObject({ feeLevel: 0, volume30d: 0n });
    expect(fees()).toEqual({ maker: '12', taker: '30' });
    expect(fees()).toEqual({ maker: '12', taker: '30' });
    nextDay();
    expect(fees()).toEqual({ maker: '6', taker: '24' });
    expect(venue.account(taker)).toMatchObject({ feeLevel: 1, volume30d: usdt('120000') });
    venue.timeMs += 32 * DAY_MS;
    venue.price('60000');
    expect(fees()).toEqual({ maker: '12', taker: '30' });
  });

  it('a new level moves what open orders freeze (MRG-3)', () => {
    const { venue, taker, fees, nextDay } = market();
    fees();
    venue.placed(taker, { side: 'BUY', price: '59900', quantity: '1' });
    expect(formatDecimal(venue.account(taker).frozen)).toBe('6019.95');
    nextDay();
    expect(formatDecimal(venue.account(taker).frozen)).toBe('6013.96');
  });

  it('survives a snapshot', () => {
    const { venue, fees, nextDay, taker } = market();
    fees();
    nextDay();
    const restored = Core.restore(venue.core.snapshot());
    expect(restored.exchangeState.account(taker).volume30d).toBe(usdt('60000'));
    expect(restored.snapshot()).toEqual(venue.core.snapshot());
  });
});

describe('an agent’s schedule (FEE-1)', () => {
  /** A user of an agent with a markup buys from one without an agent. */
  function partner(changes: Partial<FeeSchedule>) {
    const { venue, maker } = market();
    const created = venue.ok({
      type: 'create-agent',
      agentCode: 'ACME',
      publicNumber: '1000000001',
      name: 'Acme',
      webhookUrl: '',
      sealedSecrets: ['sealed'],
      origins: [],
      depositless: false,
    }).reply;
    const agentId = created.ok && created.kind === 'agent' ? created.agentId : 0;
    const bound = venue.ok({
      type: 'bind-user',
      agentAuth: { agentId, nonceHash: 'a'.repeat(64), expiresAtMs: venue.timeMs + 300_000 },
      agentUserId: 'u-1',
      externalUserId: '1000000999',
    }).reply;
    const userId = bound.ok && bound.kind === 'binding' ? bound.userId : 0;
    venue.ok({ type: 'adjust-wallet', userId, amount: usdt('100000'), changeType: 'TRANSFER_IN' });
    const set = () => venue.run({ type: 'set-fee-schedule', schedule: schedule({ agentId, ...changes }) }).reply;
    return { venue, maker, userId, agentId, set };
  }

  it('its markup goes on top, its share to its commission account, the rest to the venue', () => {
    const { venue, maker, userId, agentId, set } = partner({ markup: { maker: 0 as Rate, taker: 10_000 as Rate } });
    expect(set().ok).toBe(true);
    const { wallet } = venue.account(userId);
    venue.trade(userId, maker, { price: '60000', quantity: '1' });
    expect(formatDecimal(wallet - venue.account(userId).wallet)).toBe('36');
    expect(venue.core.exchangeState.commissions.get(agentId)).toBe(usdt('6'));
    expect(venue.core.exchangeState.fees).toBe(usdt('42'));
    expect(Core.restore(venue.core.snapshot()).snapshot()).toEqual(venue.core.snapshot());
  });

  it('its levels stand in place of the symbol’s', () => {
    const { venue, maker, userId, set } = partner({ levels: [level('0', 0, 20_000)] });
    expect(set().ok).toBe(true);
    const { wallet } = venue.account(userId);
    venue.trade(userId, maker, { price: '60000', quantity: '1' });
    expect(formatDecimal(wallet - venue.account(userId).wallet)).toBe('12');
  });

  it.each([
    ['X4: levels at which two own accounts earn by trading', { levels: [level('0', -20_000, 15_000)] }],
    ['a first level above 0', { levels: [level('1', 0, 0)] }],
    ['levels that do not rise', { levels: [level('0', 0, 0), level('0', 0, 0)] }],
    ['a negative markup', { markup: { maker: 0 as Rate, taker: -1 as Rate } }],
  ])('refuses %s', (_name, changes: Partial<FeeSchedule>) => {
    expect(partner(changes).set()).toMatchObject({ ok: false, reason: 'CONFIGURATION_INVALID' });
  });
});
