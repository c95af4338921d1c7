import type { AppendLog, OpenedLog } from '@openvenue/log';
import { Leader, type LeaderOptions } from '../leader.ts';
import type { Committed } from '../port.ts';
import { recover } from '../recovery.ts';
import type { StateMachine, StateMachineFactory } from '../state-machine.ts';
import { type TallyMachine, tallyMachine } from './tally-machine.ts';

export const START_MS = 1_772_000_000_000;

/** A clock that the test sets. */
export class ManualClock {
  now = START_MS;

  nowMs(): number {
    return this.now;
  }
}

/** A leader with all that it told its surroundings. */
export interface RunningLeader<M extends StateMachine> {
  readonly leader: Leader<M>;
  readonly clock: ManualClock;
  /** What listeners were handed, batch by batch. */
  readonly batches: (readonly Committed[])[];
  readonly failures: unknown[];
  readonly readOnly: unknown[];
  readonly snapshotFailures: unknown[];
}

type Overrides<M extends StateMachine> = Partial<
  Pick<LeaderOptions<M>, 'limits' | 'snapshotEveryCommands' | 'snapshots'>
> & { readonly log?: AppendLog };

/** Recovers the machine from the log and leads it. `overrides.log` stands before the opened one. */
export async function lead<M extends StateMachine>(
  opened: OpenedLog,
  machine: StateMachineFactory<M>,
  overrides: Overrides<M> = {},
): Promise<RunningLeader<M>> {
  const { core, fromSnapshot } = await recover({ reader: opened.reader, snapshots: opened.snapshots, machine });
  const clock = new ManualClock();
  const failures: unknown[] = [];
  const readOnly: unknown[] = [];
  const snapshotFailures: unknown[] = [];
  const leader = new Leader({
    core,
    log: opened.log,
    snapshots: opened.snapshots,
    fromSnapshot,
    clock,
    onFailed: (error) => failures.push(error),
    onReadOnly: (error) => readOnly.push(error),
    onSnapshotFailed: (error) => snapshotFailures.push(error),
    ...overrides,
  });
  const batches: (readonly Committed[])[] = [];
  leader.onCommitted((batch) => batches.push(batch));
  return { leader, clock, batches, failures, readOnly, snapshotFailures };
}

/** Leads a {@link TallyMachine}. */
export function leadTally(opened: OpenedLog, overrides: Overrides<TallyMachine> = {}) {
  return lead(opened, tallyMachine, overrides);
}

/** Every settled outcome, so that a test can look at all of them. */
export function settle(promises: readonly Promise<Committed>[]) {
  return Promise.all(
    promises.map((promise) =>
      promise.then(
        (committed) => ({ committed, error: undefined }),
        (error: unknown) => ({ committed: undefined, error }),
      ),
    ),
  );
}
