import type { SeededRandom } from '@openvenue/core/testing';

/** What can happen to the venue's process, its disk and its clock. */
export const FAULTS = [
  'kill',
  'power cut',
  'clean restart',
  'full disk',
  'failed sync',
  'failed write',
  'slow disk',
  'pause',
  'clock forward',
  'clock back',
  'damage to a segment',
  'damage to a snapshot',
  'damage to head',
  'second process',
  'partition',
] as const;
export type Fault = (typeof FAULTS)[number];

/** The conditions of one run. */
export interface Scenario {
  /** The run ends so many commands after the opening. */
  readonly commands: number;
  /** Whether a replica reads beside the writer. */
  readonly isFollowed: boolean;
  readonly snapshotEveryCommands: number;
  readonly segmentBytes: number;
  readonly maxBlockCommands: number;
  readonly maxQueuedCommands: number;
  /** None in a calm run. */
  readonly faults: readonly Fault[];
  /** Mean virtual time from one fault to the next. */
  readonly faultGapUs: number;
  /** Messages of 1,000 that are lost on their way, come twice, come late. */
  readonly messages: { readonly lost: number; readonly doubled: number; readonly late: number };
  /** Whether reads and writes move fewer bytes than asked for at times. */
  readonly hasShortTransfers: boolean;
  /** Whether older segments are verified when the log is opened. */
  readonly verifiesAll: boolean;
}

/** Each run has its own mix: few kinds of faults at a time go deeper than all of them always. */
export function drawScenario(random: SeededRandom): Scenario {
  const isCalm = random.chance(1, 20);
  const share = random.integer(2, 8);
  const isLossy = random.chance(2, 3);
  return {
    commands: random.integer(50, 100),
    isFollowed: random.chance(1, 2),
    snapshotEveryCommands: random.chance(1, 25) ? random.integer(1, 5) : random.integer(8, 60),
    segmentBytes: random.chance(1, 8) ? random.integer(200, 2_000) : random.integer(2_000, 20_000),
    maxBlockCommands: random.integer(1, 24),
    maxQueuedCommands: random.integer(6, 40),
    faults: isCalm ? [] : FAULTS.filter(() => random.chance(share, 8)),
    faultGapUs: random.integer(150_000, 900_000),
    messages: isLossy
      ? { lost: random.integer(0, 80), doubled: random.integer(0, 80), late: random.integer(0, 150) }
      : { lost: 0, doubled: 0, late: 0 },
    hasShortTransfers: random.chance(1, 3),
    verifiesAll: random.chance(1, 2),
  };
}
