import type { VenueNode } from '@openvenue/sequencer';

/** Longest list of origins that is sent; with more, proxies and browsers begin to refuse the headers. */
export const FRAME_ANCESTORS_MAX_LENGTH = 6_000;

const NOBODY = "'none'";

/**
 * Who may frame the embedded terminal: the origins of all agents, because the page cannot know yet whose user will come; the
 * agent's own are checked when he does.
 */
export class FrameAncestors {
  readonly #node: VenueNode;
  readonly #unsubscribe: () => void;
  /** Valid until an agent changes. */
  #union: { readonly origins: ReadonlySet<string>; readonly text: string } | undefined;

  constructor(node: VenueNode) {
    this.#node = node;
    this.#unsubscribe = node.onCommitted((batch) => {
      const isNews = batch.some(({ events }) =>
        events.some(({ type }) => type === 'agent-created' || type === 'agent-updated'),
      );
      if (isNews) this.#union = undefined;
    });
  }

  /**
   * The value of `frame-ancestors`. Where the list would be too long, the origin that the browser says it comes from stands
   * for all, if it is one of them: the header that the browser then enforces is true either way.
   */
  sourceList(referer: string | undefined): string {
    const { origins, text } = this.#read();
    if (text.length <= FRAME_ANCESTORS_MAX_LENGTH) return text;
    const parent = referer !== undefined && URL.canParse(referer) ? new URL(referer).origin : NOBODY;
    return origins.has(parent) ? parent : NOBODY;
  }

  stop(): void {
    this.#unsubscribe();
  }

  #read() {
    if (this.#union === undefined) {
      const origins = this.#node.core.agency.frameOrigins();
      this.#union = { origins: new Set(origins), text: origins.length === 0 ? NOBODY : origins.join(' ') };
    }
    return this.#union;
  }
}
