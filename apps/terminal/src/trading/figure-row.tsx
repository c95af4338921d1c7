import { classNames } from '@openvenue/ui';
import type { ReactNode } from 'react';

/** A name on the left and its value on the right; stands in a `dl`. */
export function FigureRow({
  name,
  children,
  className,
}: {
  readonly name: string;
  readonly children: ReactNode;
  readonly className?: string | undefined;
}) {
  return (
    <div className="flex items-baseline justify-between gap-2">
      <dt className="shrink-0 text-muted">{name}</dt>
      <dd className={classNames('truncate text-right tabular-nums', className)}>{children}</dd>
    </div>
  );
}
