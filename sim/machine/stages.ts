import type { DiskCall } from './disk.ts';

/** What the venue's process is doing besides its disk calls. */
export interface Doing {
  readonly state: 'down' | 'starting' | 'up' | 'read-only';
  readonly isClosing: boolean;
  readonly isPaused: boolean;
  /** Whether its log is open and being replayed. */
  readonly isReplaying: boolean;
  /** Whether the log is there to be opened. */
  readonly hasLog: boolean;
}

/** Where a process can be when it ends without warning. A batch has to see an end at each. */
export const STAGES = [
  'creating the log',
  'opening the log',
  'replaying',
  'idle',
  'paused',
  'read-only',
  'stopping',
  'writing a block',
  'syncing a block',
  'between the sync of a block and the news of it',
  'starting a segment',
  'writing a snapshot',
  'syncing a snapshot',
  'putting a snapshot in place',
] as const;
export type Stage = (typeof STAGES)[number];

/** Where it is: in several places at a time, as it writes snapshots beside blocks. */
export function stagesOf(doing: Doing, calls: readonly DiskCall[]): readonly Stage[] {
  if (doing.state === 'starting')
    return [doing.isReplaying ? 'replaying' : doing.hasLog ? 'opening the log' : 'creating the log'];
  const stages = new Set<Stage>(calls.flatMap(stageOfCall));
  if (doing.isPaused) stages.add('paused');
  if (doing.state === 'read-only') stages.add('read-only');
  if (doing.isClosing) stages.add('stopping');
  if (calls.length === 0) stages.add('idle');
  return [...stages];
}

function stageOfCall({ kind, path, isEffective }: DiskCall): Stage[] {
  if (path.includes('/snapshots')) {
    if (kind === 'write') return ['writing a snapshot'];
    if (kind === 'sync') return ['syncing a snapshot'];
    return kind === 'rename' || kind === 'syncFolder' ? ['putting a snapshot in place'] : [];
  }
  if (path.endsWith('.log.tmp') || kind === 'rename' || kind === 'syncFolder') return ['starting a segment'];
  if (!path.endsWith('.log')) return [];
  if (kind === 'write') return ['writing a block'];
  if (kind !== 'sync') return [];
  return [isEffective ? 'between the sync of a block and the news of it' : 'syncing a block'];
}
