/** Characters of a return URL. */
export const RETURN_URL_MAX_LENGTH = 2_048;
/** Wording of the rule. */
export const RETURN_URL_RULE =
  'an absolute http or https URL without user info such as "https://partner.example/wallet"';

// Scheme and authority are spelled out: the URL parser alone would also take backslashes, missing and surplus slashes.
const HTTP_URL = /^https?:\/\/(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?(?:[/?#].*)?$/i;
// The parser would drop some of these and turn others into something else; the rest hides what a person reads.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Z}\\"<>`]/u;

/** Whether the terminal may link to this URL: absolute, http or https, one clear host, no user info. */
export function isReturnUrl(text: string): boolean {
  return text.length <= RETURN_URL_MAX_LENGTH && HTTP_URL.test(text) && !UNSAFE.test(text) && URL.canParse(text);
}
