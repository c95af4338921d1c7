// @ts-check

/** Why this site's own server refused, or that it did not answer (`unreachable`). */
export class AskError extends Error {
  /**
   * @param {string} code
   * @param {boolean} isCertain Whether the server itself said that it did nothing.
   */
  constructor(code, isCertain) {
    super(code);
    this.code = code;
    this.isCertain = isCertain;
  }
}

/**
 * One call of this site's own server.
 *
 * @param {string} path
 * @param {object} [body] Sent by POST; without it the call is a GET.
 * @returns {Promise<any>}
 */
export async function ask(path, body) {
  /** @type {RequestInit} */
  const init =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  let response;
  let reply;
  try {
    response = await fetch(path, { credentials: 'same-origin', ...init });
    reply = await response.json();
  } catch {
    throw new AskError('unreachable', false);
  }
  if (response.ok) return reply;
  throw new AskError(String(reply?.error?.code ?? 'internal'), response.status < 500);
}
