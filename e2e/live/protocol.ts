/** What the operator of a venue asks of its process; amounts travel as bigint. */
export type Ask = { readonly id: number } & (
  | { readonly kind: 'submit'; readonly command: unknown }
  | { readonly kind: 'hash'; readonly password: string }
  /** From now on it is so much later, but for timers. Answers the time. */
  | { readonly kind: 'move-clock'; readonly byMs: number }
  | { readonly kind: 'stop' }
);

/** What the process says. */
export type Told =
  | {
      readonly kind: 'started';
      readonly url: string;
      readonly agent: { readonly agentCode: string; readonly apiSecret: string } | undefined;
    }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown };
