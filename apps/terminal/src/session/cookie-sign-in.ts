import type { Session, SilentSignIn } from './session.ts';

const LOCK = 'openvenue.refresh';

/**
 * Renews by the refresh cookie. The venue takes every cookie once, so the tabs of a browser take turns: the second one then
 * sends the cookie that the first was given. Browsers have no locks on pages without a secure context.
 */
export const cookieSignIn: SilentSignIn = (client) => {
  const refresh = () => client.session.refresh();
  return 'locks' in navigator ? navigator.locks.request(LOCK, refresh) : refresh();
};

const HINT_KEY = 'openvenue.signed-in';

/** Remembers in this browser that there is a session, so that visitors who never signed in do not ask for one. */
export function keepSignInHint(session: Session, storage: Storage): void {
  if (session.auth.getState().status === 'signed-in') storage.setItem(HINT_KEY, '1');
  session.auth.subscribe(({ status }, before) => {
    if (status === 'signed-in') storage.setItem(HINT_KEY, '1');
    if (status === 'signed-out' && before.status === 'signed-in') storage.removeItem(HINT_KEY);
  });
}

/** Whether the cookie is worth a try. */
export const hasSignInHint = (storage: Storage): boolean => storage.getItem(HINT_KEY) !== null;
