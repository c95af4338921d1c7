import type { Core, Event, OrderRecord } from '@openvenue/core';
import type { Committed } from '@openvenue/sequencer';

/** Whether a command reached a rule, by what it caused and the state after it. */
export type Sight = (committed: Committed, core: Core) => boolean;

export const some =
  (test: (event: Event) => boolean): Sight =>
  ({ events }) =>
    events.some(test);

export const order = (test: (order: OrderRecord, event: Extract<Event, { type: 'order-updated' }>) => boolean): Sight =>
  some((event) => event.type === 'order-updated' && test(event.order, event));

export const refused =
  (reason: string): Sight =>
  ({ reply }) =>
    !reply.ok && reply.reason === reason;

/** An order that ended without its user asking. */
export const ended = (reason: string): Sight =>
  order(({ rejectReason, status }) => rejectReason === reason && status.endsWith('CANCELED'));

/** An order that a rule has changed. */
export const changed = (reason: string): Sight =>
  order(({ rejectReason }, { executionType }) => executionType === 'AMENDED' && rejectReason === reason);
