import { useAccountStore } from './account/use-account.ts';

/** Begins with the account as soon as the user is signed in, whichever panel is open. Shows nothing. */
export function AccountEffects() {
  useAccountStore();
  return null;
}
