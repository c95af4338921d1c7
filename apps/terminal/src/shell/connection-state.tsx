import { classNames } from '@openvenue/ui';
import { useText } from '../i18n/index.ts';
import { useConnection } from '../market/use-market.ts';

/** Whether the market is connected, in colour and in words. */
export function ConnectionState() {
  const text = useText();
  const state = useConnection();
  return (
    <span
      role="status"
      className="flex shrink-0 items-center gap-1.5 text-label text-muted"
      title={text.connection[state]}
    >
      <span
        aria-hidden
        className={classNames(
          'size-2 rounded-full',
          state === 'open' ? 'bg-accent' : state === 'closed' ? 'bg-danger' : 'bg-warn',
        )}
      />
      <span className="max-sm:sr-only">{text.connection[state]}</span>
    </span>
  );
}

/** A bar over everything while prices are not current. */
export function StaleBar() {
  const text = useText();
  const state = useConnection();
  if (state !== 'reconnecting' && state !== 'closed') return null;
  return (
    <p role="alert" className="shrink-0 bg-warn-surface px-3 py-1 text-center text-warn">
      {text.connection.stale}
    </p>
  );
}
