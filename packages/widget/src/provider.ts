import type { SetTimer } from '@openvenue/bridge';
import type { WidgetError } from './types.ts';

/** How long a provider may take. */
export const PROVIDER_TIMEOUT_MS = 30_000;

export interface ProviderFailure extends WidgetError {
  readonly code: 'token_provider_failed';
}

type Answer<T> = { readonly value: T } | { readonly error: ProviderFailure };

/** Calls a function of the partner's page. What it throws, and taking too long, is an error that names the provider. */
export function askProvider<T>(name: string, call: () => Promise<T>, setTimer: SetTimer): Promise<Answer<T>> {
  return new Promise((resolve) => {
    const fail = (thrown: unknown): void => {
      const reason = thrown instanceof Error ? thrown.message : typeof thrown === 'string' ? thrown : typeof thrown;
      const message = `${name} failed: ${reason}`;
      resolve({ error: { code: 'token_provider_failed', message, detail: thrown } });
    };
    const cancel = setTimer(
      () => fail(new Error(`no answer within ${PROVIDER_TIMEOUT_MS / 1000} seconds`)),
      PROVIDER_TIMEOUT_MS,
    );
    call()
      .then((value) => resolve({ value }), fail)
      .finally(cancel);
  });
}
