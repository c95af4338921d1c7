import { ApiError, OpenVenueError, UnavailableError } from '@openvenue/api-client';
import type { Session } from '../session/session.ts';
import type { EntryFault } from './entry-text.ts';

/** Where the link of a partner leads. */
export interface Entry {
  /** Path and query of this origin. */
  readonly path: string;
  /** Where the user goes back to, if the partner has said so. */
  readonly returnUrl: string | undefined;
}

const FALLBACK_PATH = '/';

/** Signs the user in with the ticket of a link. Returns why not when the venue refuses or does not answer. */
export async function exchangeEntry(session: Session, ticket: string): Promise<Entry | EntryFault> {
  let entry: Entry = { path: FALLBACK_PATH, returnUrl: undefined };
  try {
    await session.enter(async () => {
      const { redirectPath, returnUrl, ...token } = await session.client.session.exchangeTicket({ ticket });
      entry = { path: ownPath(redirectPath), returnUrl: webUrl(returnUrl) };
      return token;
    });
    return entry;
  } catch (error) {
    if (error instanceof UnavailableError) return 'limited';
    if (error instanceof ApiError) return 'invalid';
    if (error instanceof OpenVenueError) return 'unreachable';
    throw error;
  }
}

/** A path of this origin, whatever the venue's answer says. */
export const ownPath = (path: string): string => (/^\/(?![/\\])/.test(path) ? path : FALLBACK_PATH);

/** An address that can stand in a link; `javascript:` and its like cannot. */
export const webUrl = (text: string): string | undefined => (/^https?:\/\//i.test(text) ? text : undefined);
