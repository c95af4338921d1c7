import { CircleAlert, Inbox } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';

const FRAME = 'flex h-full min-h-24 flex-col items-center justify-center gap-2 p-4 text-center text-muted';

/** A panel that waits for its first data. */
export function LoadingState({ label, rows = 6 }: { readonly label: string; readonly rows?: number }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-2 p-3">
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={`row-${row.toString()}`} className={row % 3 === 2 ? 'w-2/3' : 'w-full'} />
      ))}
    </div>
  );
}

/** A bar in the place of text that is on its way. */
export function Skeleton({ className }: { readonly className?: string }) {
  return (
    <span
      aria-hidden
      className={classNames('block h-3 animate-pulse rounded bg-raised motion-reduce:animate-none', className)}
    />
  );
}

/** A panel that has nothing to show. */
export function EmptyState({ children, action }: { readonly children: ReactNode; readonly action?: ReactNode }) {
  return (
    <div className={FRAME}>
      <Inbox aria-hidden className="size-5" strokeWidth={1.5} />
      <p>{children}</p>
      {action}
    </div>
  );
}

export interface ErrorStateProps {
  readonly message: string;
  readonly retryLabel: string;
  readonly onRetry?: () => void;
}

/** A panel whose data did not come. */
export function ErrorState({ message, retryLabel, onRetry }: ErrorStateProps) {
  return (
    <div role="alert" className={FRAME}>
      <CircleAlert aria-hidden className="size-5 text-danger" strokeWidth={1.5} />
      <p>{message}</p>
      {onRetry !== undefined && (
        <Button size="small" onClick={onRetry}>
          {retryLabel}
        </Button>
      )}
    </div>
  );
}
