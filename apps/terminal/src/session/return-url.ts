const KEY = 'openvenue.return-url';

/** Remembers for this tab where the user came from, so that loading the page anew keeps the way back. */
export const keepReturnUrl = (storage: Storage, url: string): void => storage.setItem(KEY, url);

export const keptReturnUrl = (storage: Storage): string | undefined => storage.getItem(KEY) ?? undefined;
