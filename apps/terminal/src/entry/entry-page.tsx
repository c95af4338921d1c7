import { Button, LoadingState } from '@openvenue/ui';
import { CircleAlert } from 'lucide-react';
import type { Locale } from '../ui-state/ui-state.ts';
import { ENTRY_TEXTS, type EntryFault } from './entry-text.ts';

export type EntryState =
  | { readonly status: 'exchanging' }
  | {
      readonly status: 'failed';
      readonly fault: EntryFault;
      /** Left out where another try is of no use. */
      readonly onRetry: (() => void) | undefined;
    };

export interface EntryPageProps {
  readonly locale: Locale;
  readonly state: EntryState;
  /** The page from which the user came, when the browser tells. */
  readonly cameFrom: URL | undefined;
  /** The market can be seen from here; not in a frame, whose page shows what it wants. */
  readonly hasMarketLink: boolean;
}

/** What stands on the screen while the ticket of a link is exchanged, and when it could not be. */
export function EntryPage({ locale, state, cameFrom, hasMarketLink }: EntryPageProps) {
  const text = ENTRY_TEXTS[locale];
  if (state.status === 'exchanging') {
    return (
      <main className="flex h-dvh flex-col items-center justify-center gap-3 bg-page text-body text-text">
        <h1 className="sr-only">{text.title}</h1>
        <p role="status">{text.exchanging}</p>
        <div className="w-48" aria-hidden>
          <LoadingState label={text.exchanging} rows={2} />
        </div>
      </main>
    );
  }
  return (
    <main className="flex h-dvh flex-col items-center justify-center gap-3 bg-page p-4 text-center text-body text-text">
      <CircleAlert aria-hidden className="size-6 text-danger" strokeWidth={1.5} />
      <h1 className="text-sm font-semibold">{text.failed}</h1>
      <p role="alert" className="max-w-80 text-muted">
        {text.faults[state.fault]}
      </p>
      {state.onRetry !== undefined && (
        <Button tone="accent" className="max-sm:h-11" onClick={state.onRetry}>
          {text.retry}
        </Button>
      )}
      {cameFrom !== undefined && (
        <a href={cameFrom.href} className="flex min-h-8 items-center text-accent hover:underline max-sm:min-h-11">
          {text.back(cameFrom.host)}
        </a>
      )}
      {hasMarketLink && (
        <a href="/" className="flex min-h-8 items-center text-accent hover:underline max-sm:min-h-11">
          {text.market}
        </a>
      )}
    </main>
  );
}
