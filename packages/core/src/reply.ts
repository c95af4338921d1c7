import type { Money } from '@openvenue/money';
import type { AgencyReply } from './agency/reply.ts';
import type { ConditionRecord, OrderRecord, StrategyRecord } from './event.ts';
import type { MarginMode, PositionSide } from './exchange/enums.ts';
import type { IdentityReply } from './identity/reply.ts';
import type { Rejected } from './reject.ts';

/** What a command answers. A batch has one result per item, in order. */
export type Accepted =
  | { readonly ok: true; readonly kind: 'done' }
  | { readonly ok: true; readonly kind: 'order'; readonly order: OrderRecord }
  | {
      readonly ok: true;
      readonly kind: 'batch';
      readonly results: readonly (
        | Rejected
        | { readonly ok: true; readonly kind: 'order'; readonly order: OrderRecord }
      )[];
    }
  | { readonly ok: true; readonly kind: 'canceled-all'; readonly count: number }
  | { readonly ok: true; readonly kind: 'condition'; readonly condition: ConditionRecord }
  | { readonly ok: true; readonly kind: 'strategy'; readonly strategy: StrategyRecord }
  /** When the dead man's switch acts, Unix ms; 0: it is off. */
  | { readonly ok: true; readonly kind: 'deadline'; readonly deadlineMs: number }
  | { readonly ok: true; readonly kind: 'leverage'; readonly symbol: string; readonly leverage: number }
  | { readonly ok: true; readonly kind: 'margin-mode'; readonly symbol: string; readonly marginMode: MarginMode }
  /** `margin` is the position's after the change. */
  | {
      readonly ok: true;
      readonly kind: 'isolated-margin';
      readonly symbol: string;
      readonly positionSide: PositionSide;
      readonly margin: Money;
    }
  | IdentityReply
  | AgencyReply;

export type Reply = Accepted | Rejected;

export const DONE: Accepted = Object.freeze({ ok: true, kind: 'done' });
