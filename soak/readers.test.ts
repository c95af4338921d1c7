import { beforeAll, describe, expect, it } from 'vitest';
import { BOUND_BYTES, type ReadersReport, type ReadersShape, soakReaders } from './readers/run.ts';

const SHAPE: ReadersShape = {
  sockets: 200,
  stalled: 40,
  privateUsers: 2,
  snapshots: 150,
  orderLives: 1_200,
  measuredMs: 2_000,
  rounds: 1,
};

describe('200 readers of the running venue, of whom 40 stop reading', () => {
  let report: ReadersReport;
  beforeAll(async () => {
    report = await soakReaders(SHAPE);
  }, 600_000);

  it('the others get every update to the last, and so do those that stood once they read again', () => {
    const [before, beside] = report.publicRounds;
    for (const round of [before, beside]) {
      expect(round).toMatchObject({ gaps: 0, behind: 0, stalledGaps: 0, stalledBehind: 0 });
      expect(round?.delivered).toBeGreaterThan(SHAPE.sockets - SHAPE.stalled);
    }
    expect(before).toMatchObject({ stalled: 0, waitingSockets: 0 });
  });

  it('what waits for one who stands is bounded, and all of them have come to the bound', () => {
    const beside = report.publicRounds[1];
    expect(beside?.waitingSockets).toBe(SHAPE.stalled);
    expect(beside?.peakBytes).toBeLessThanOrEqual(BOUND_BYTES);
    expect(beside?.waitingBytes).toBeLessThanOrEqual(SHAPE.stalled * BOUND_BYTES);
  });

  it('who does not read private events is cut off within the same bound, and has all of them after it comes back', () => {
    const { privateRound } = report;
    expect(privateRound).toMatchObject({ complete: 2, cutOff: 2, resumed: 2, gaps: 0 });
    expect(privateRound.events).toBeGreaterThan(SHAPE.privateUsers * SHAPE.orderLives);
    expect(privateRound.peakBytes).toBeLessThanOrEqual(BOUND_BYTES);
  });
});
