import { SeededRandom } from '@openvenue/core/testing';
import { describe, expect, it } from 'vitest';
import { Answers } from './soak/answers.ts';
import { walletsByOrders } from './soak/ledger-of-venue.ts';
import { Observer } from './soak/observer.ts';
import { PatientCaller } from './soak/patient-caller.ts';
import { makePlan } from './soak/plan.ts';
import { runSoak } from './soak/run-soak.ts';
import { amountOf, unitsOf } from './soak/units.ts';
import { Violations } from './soak/violations.ts';

const SEED = 12;
const TRANSFERS = 200;
const KILLS = 2;

describe('the plan of a soak', () => {
  const plan = makePlan({ seed: SEED, transfers: TRANSFERS, kills: KILLS });

  it('follows from its seed alone', () => {
    expect(makePlan({ seed: SEED, transfers: TRANSFERS, kills: KILLS })).toEqual(plan);
    expect(makePlan({ seed: SEED + 1, transfers: TRANSFERS, kills: KILLS }).steps).not.toEqual(plan.steps);
  });

  it('has something of everything', () => {
    const { orders, steps } = plan;
    expect(orders).toHaveLength(TRANSFERS);
    expect(new Set(orders.map(({ orderNo }) => orderNo)).size).toBe(TRANSFERS);
    const contents = orders.flatMap((order) => order.contents);
    for (const has of [
      orders.some(({ contents: { length } }) => length > 1),
      orders.some(({ copies, contents: { length } }) => copies > 1 && length === 1),
      orders.some(({ isAbandoned }) => isAbandoned),
      contents.some(({ path }) => path === 'transfer-all-out'),
      contents.some(({ direction }) => direction === 'IN'),
      contents.some(({ path, direction }) => path === 'transfer' && direction === 'OUT'),
      steps.some(({ kind }) => kind === 'repeat'),
      steps.some((step) => step.kind === 'wallet' && step.contents.length > 1),
      steps.some((step) => step.kind === 'wallet' && step.contents.some(({ amount }) => amount === undefined)),
      steps.some((step) => step.kind === 'reverse' && step.reverseOrderNos.length > 1),
    ])
      expect(has).toBe(true);
  });
});

describe('the audit of a soak', () => {
  it('counts to the last unit', () => {
    for (const [text, units] of [
      ['0', 0n],
      ['0.00000001', 1n],
      ['10', 1_000_000_000n],
      ['-1.5', -150_000_000n],
      ['12345678901234567890.1', 1_234_567_890_123_456_789_010_000_000n],
    ] as const) {
      expect(unitsOf(text)).toBe(units);
      if (units >= 0n) expect(unitsOf(amountOf(units))).toBe(units);
    }
    for (const text of ['', '1e3', '.5', '01', '0.000000001']) expect(() => unitsOf(text), text).toThrow();
  });

  it('takes the orders that stand, and no other', () => {
    const order = (status: string, direction: string, amount: string) => ({
      status,
      direction,
      amount,
      agentUserId: 'carol',
    });
    const orders = [
      order('SUCCESS', 'IN', '10'),
      order('SUCCESS', 'OUT', '3.5'),
      order('REVERSED', 'IN', '7'),
      order('FAILED', 'IN', '100'),
    ];
    const walletTransfers = [
      order('SUCCESS', 'PARTNER_TO_FUNDING', '20'),
      order('SUCCESS', 'FUNDING_TO_CONTRACT', '5'),
      order('SUCCESS', 'CONTRACT_TO_FUNDING', '0.5'),
      order('SUCCESS', 'FUNDING_TO_PARTNER', '1'),
      order('FAILED', 'FUNDING_TO_PARTNER', '1000'),
    ];
    const carol = { contract: unitsOf('11'), funding: unitsOf('14.5') };
    expect(walletsByOrders(orders, walletTransfers)).toEqual(new Map([['carol', carol]]));
  });

  it.each([
    [['PROCESSING', 'SUCCESS', 'SUCCESS', 'REVERSED'], 0],
    [['PROCESSING', 'FAILED', 'FAILED'], 0],
    [['SUCCESS', 'PROCESSING'], 1],
    [['SUCCESS', 'FAILED'], 1],
    [['REVERSED', 'SUCCESS'], 1],
    [['FAILED', 'SUCCESS', 'FAILED'], 2],
  ])('sees that %j goes back %d times', (statuses, times) => {
    const violations = new Violations();
    const silent = {
      agent: () => {
        throw new Error('nobody is asked');
      },
    };
    const caller = new PatientCaller(silent);
    const observer = new Observer({ caller, answers: new Answers(), violations, random: new SeededRandom(1) });
    for (const status of statuses) observer.see('T-1', status);
    expect(violations.count('went back')).toBe(times);
  });
});

describe('a soak', () => {
  it(`of ${TRANSFERS} transfers with duplicates, races, reverses and ${KILLS} kills doubles nothing, loses nothing, and goes back nowhere`, async () => {
    const lines: string[] = [];
    const { figures, violations } = await runSoak({
      seed: SEED,
      transfers: TRANSFERS,
      kills: KILLS,
      onProgress: (line) => lines.push(line),
    });
    expect(violations.shown, lines.join('\n')).toEqual([]);
    expect(figures).toMatchObject({ kills: KILLS, doubled: 0, lost: 0, wentBack: 0, violations: 0 });
    for (const name of [
      'walletTransfers',
      'conflicts',
      'failed',
      'reversed',
      'partnerTransfers',
      'partnerKills',
      'failedDeliveries',
    ])
      expect(figures[name], `${name} of ${JSON.stringify(figures)}`).toBeGreaterThan(0);
    expect(figures['sends']).toBeGreaterThan(TRANSFERS);
    expect(figures['looks']).toBeGreaterThan(TRANSFERS);
  });
});
