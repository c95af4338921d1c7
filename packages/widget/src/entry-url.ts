import type { SetTimer } from '@openvenue/bridge';
import { readUrl } from './options.ts';
import { askProvider } from './provider.ts';
import type { EntryUrlProvider, WidgetError } from './types.ts';

interface Entry {
  /** Where the entry shall lead: path and query. */
  readonly redirectPath: string;
  /** The terminal's origin; an entry URL of another is refused. */
  readonly origin: string;
  readonly setTimer: SetTimer;
}

/** Asks the partner's page for the address that signs the user in. */
export async function requestEntryUrl(
  provider: EntryUrlProvider,
  { redirectPath, origin, setTimer }: Entry,
): Promise<{ readonly value: URL } | { readonly error: WidgetError }> {
  const call = async (): Promise<URL> => {
    const url = readUrl(await provider({ redirectPath }));
    if (url === undefined) throw new TypeError('it returned no http or https URL');
    return url;
  };
  const answer = await askProvider('entryUrlProvider', call, setTimer);
  if ('error' in answer || answer.value.origin === origin) return answer;
  const message = `the entry URL is of ${answer.value.origin}, not of ${origin}`;
  return { error: { code: 'origin_not_allowed', message } };
}
