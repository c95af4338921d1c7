import type { IdentityCommand } from '@openvenue/core';

type TouchApiKeys = Extract<IdentityCommand, { readonly type: 'touch-api-keys' }>;

/** Keys whose uses are waiting to be written; more than that are left out, the time of use being for show only. */
export const KEY_USES_MAX = 10_000;
/** Uses of one command. */
export const KEY_USES_PER_COMMAND = 1_000;

/** When API keys were last used, gathered so that a use does not cost a command. */
export class KeyUses {
  readonly #usedAtMs = new Map<number, number>();

  note(apiKeyId: number, nowMs: number): void {
    if (this.#usedAtMs.size >= KEY_USES_MAX && !this.#usedAtMs.has(apiKeyId)) return;
    this.#usedAtMs.set(apiKeyId, nowMs);
  }

  /** The last use that has not been written, 0 for none. */
  lastUsedAtMs(apiKeyId: number): number {
    return this.#usedAtMs.get(apiKeyId) ?? 0;
  }

  /** Takes up to one command's worth of uses; undefined when there are none. */
  takeCommand(): TouchApiKeys | undefined {
    const uses: { id: number; usedAtMs: number }[] = [];
    for (const [id, usedAtMs] of this.#usedAtMs) {
      if (uses.length === KEY_USES_PER_COMMAND) break;
      uses.push({ id, usedAtMs });
      this.#usedAtMs.delete(id);
    }
    return uses.length === 0 ? undefined : { type: 'touch-api-keys', uses };
  }
}
