import { useAccountStore } from './account/use-account.ts';
import { MovedOrder } from './moved-order.tsx';

/** Begins with the account as soon as the user is signed in, whichever panel is open. */
export function AccountEffects() {
  const store = useAccountStore();
  return store === undefined ? null : <MovedOrder store={store} />;
}
