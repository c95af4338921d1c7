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

/** A note over everything while prices are not current; it moves nothing that the user may be about to press. */
export function StaleBar() {
  const text = useText();
  const state = useConnection();
  if (state !== 'reconnecting' && state !== 'closed') return null;
  return (
    <p
      role="alert"
      className="pointer-events-none fixed top-1 left-1/2 z-40 -translate-x-1/2 rounded border border-warn bg-warn-surface px-3 py-1 whitespace-nowrap text-warn shadow-lg"
    >
      {text.connection.stale}
    </p>
  );
}
