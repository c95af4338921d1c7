import { classNames } from '@openvenue/ui';
import type { ReactNode } from 'react';

interface PanelProps {
  /** Name of its place in the grid. */
  readonly area: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A container of the desktop. */
export function PanelFrame({ area, className, children }: PanelProps) {
  return (
    <div style={{ gridArea: area }} className={classNames('min-h-0 min-w-0 overflow-hidden bg-panel', className)}>
      {children}
    </div>
  );
}
