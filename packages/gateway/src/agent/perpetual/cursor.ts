import { createHmac, timingSafeEqual } from 'node:crypto';
import { PERPETUAL_CURSOR_LIFE_MS } from '@openvenue/contract';
import type { ScanPlace } from '@openvenue/views';

/** The filters of a first page, by name; a list of users is sorted and names each once. */
export type Filters = Readonly<Record<string, unknown>>;

/** Which query a cursor goes on with. */
export interface CursorScope {
  readonly path: string;
  readonly agentId: number;
}

export interface CursorContent {
  readonly filters: Filters;
  readonly after: ScanPlace;
}

interface Sealed extends CursorScope, CursorContent {
  readonly expiresAtMs: number;
}

/** Writes and reads cursors: what they say is signed, so that it is what the venue has said, also after a restart. */
export class Cursors {
  readonly #key: Buffer;

  /** `key`: a secret of the venue; cursors have a key of their own that follows from it. */
  constructor(key: Uint8Array) {
    this.#key = createHmac('sha256', key).update('cursors of perpetual queries').digest();
  }

  write(scope: CursorScope, content: CursorContent, nowMs: number): string {
    const { path, agentId } = scope;
    const sealed: Sealed = { path, agentId, ...content, expiresAtMs: nowMs + PERPETUAL_CURSOR_LIFE_MS };
    const text = Buffer.from(JSON.stringify(sealed)).toString('base64url');
    return `${text}.${this.#signatureOf(text).toString('base64url')}`;
  }

  /** Undefined for a cursor that is not ours, is of another query or agent, or has expired. */
  read(scope: CursorScope, cursor: string, nowMs: number): CursorContent | undefined {
    const [text = '', signature = '', ...rest] = cursor.split('.');
    const given = Buffer.from(signature, 'base64url');
    const right = this.#signatureOf(text);
    if (rest.length > 0 || given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
    const sealed = JSON.parse(Buffer.from(text, 'base64url').toString()) as Sealed;
    const isOfScope = sealed.path === scope.path && sealed.agentId === scope.agentId;
    return isOfScope && nowMs < sealed.expiresAtMs ? { filters: sealed.filters, after: sealed.after } : undefined;
  }

  #signatureOf(text: string): Buffer {
    return createHmac('sha256', this.#key).update(text).digest();
  }
}
