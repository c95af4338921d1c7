import { createStore, type StoreApi } from 'zustand/vanilla';

/** What another part of the screen asks the order form to show. Each asking is a new object, so that it can be repeated. */
export interface FormIntent {
  /** Price of a level that was clicked; a plain decimal. */
  readonly price?: string;
  /** Side to trade, as from the fixed bar of a phone. */
  readonly side?: 'BUY' | 'SELL';
  /** Quantity up to and including the level that was clicked; a plain decimal. */
  readonly quantity?: string;
}

/** `undefined` until something has been asked. */
export type FormIntentStore = StoreApi<{ readonly intent: FormIntent | undefined }>;

export const createFormIntentStore = (): FormIntentStore => createStore(() => ({ intent: undefined }));
