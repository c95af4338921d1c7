import type { Answers } from './answers.ts';
import type { Observer } from './observer.ts';
import type { PatientCaller } from './patient-caller.ts';
import type { Plan } from './plan.ts';
import type { Violations } from './violations.ts';

/** What an audit of a venue goes by. */
export interface Audited {
  readonly plan: Plan;
  readonly caller: PatientCaller;
  readonly answers: Answers;
  readonly observer: Observer;
  readonly violations: Violations;
  /** Ids at the venue of all users who can have money, by the partner's id. */
  readonly platformUserIds: ReadonlyMap<string, string>;
  /** Units in the deposit before the first order. */
  readonly depositBefore: bigint;
}
