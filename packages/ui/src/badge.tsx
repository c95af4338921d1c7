import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

export type BadgeTone = 'neutral' | 'warn' | 'up' | 'down';

const TONES: Readonly<Record<BadgeTone, string>> = {
  neutral: 'bg-raised text-muted',
  warn: 'bg-warn-surface text-warn',
  up: 'bg-raised text-up',
  down: 'bg-raised text-down',
};

export function Badge({ tone = 'neutral', children }: { readonly tone?: BadgeTone; readonly children: ReactNode }) {
  return (
    <span className={classNames('rounded px-1 py-px text-label whitespace-nowrap tabular-nums', TONES[tone])}>
      {children}
    </span>
  );
}
