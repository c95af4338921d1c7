/** The storage of this page; undefined where the browser refuses it, as in frames of another site. */
export function pageStorage(kind: 'localStorage' | 'sessionStorage'): Storage | undefined {
  try {
    return window[kind];
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}
