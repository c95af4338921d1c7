const BYTES = 16;

/** 32 random hex digits. `randomUUID` would do, but browsers offer it on https and localhost alone. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
