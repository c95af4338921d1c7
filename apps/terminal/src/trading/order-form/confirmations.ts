import { createStore } from 'zustand/vanilla';

/** Whether orders are confirmed before they are sent; until the page is reloaded. */
export const confirmations = createStore(() => ({ asks: true }));
