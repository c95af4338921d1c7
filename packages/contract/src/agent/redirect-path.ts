/** Characters of a redirect path. */
export const REDIRECT_PATH_MAX_LENGTH = 1_024;
/** Where a ticket leads when no path is given. */
export const REDIRECT_PATH_DEFAULT = '/trade/BTCUSDT';
/** Wording of the rule. */
export const REDIRECT_PATH_RULE = 'a path of this site such as "/trade/BTCUSDT"';

// The characters of RFC 3986: a path, then a query or fragment.
const PATH_AND_REST =
  /^((?:\/(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})*)+)((?:[?#](?:[A-Za-z0-9._~!$&'()*+,;=:@/?#[\]-]|%[0-9A-Fa-f]{2})*)?)$/;
// Decoded, these would be a slash, a backslash, a dot or the beginning of a further escape: another path than the one checked.
const ESCAPED_PATH_SYNTAX = /%(?:2[EF]|5C|25)/i;
const ESCAPED_CONTROL = /%(?:[01][0-9A-F]|7F)/i;
const DOT_SEGMENT = /\/\.{1,2}(?:\/|$)/;

/**
 * Whether a redirect to this text stays on the site in every reading of it: as it stands, resolved by a browser, and
 * decoded once more on the way. So no `//`, no backslash, no dot segment, no control or white space, plain or escaped.
 */
export function isRedirectPath(text: string): boolean {
  if (text.length > REDIRECT_PATH_MAX_LENGTH) return false;
  const [, path] = PATH_AND_REST.exec(text) ?? [];
  if (path === undefined || path.includes('//') || DOT_SEGMENT.test(path)) return false;
  return !ESCAPED_PATH_SYNTAX.test(path) && !ESCAPED_CONTROL.test(text) && isDecodable(text);
}

function isDecodable(text: string): boolean {
  try {
    return decodeURIComponent(text).isWellFormed();
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
}
