type Headers = Readonly<Record<string, string>>;

/** Headers of every reply of the API: it is data for programs and nothing for a browser to show, run, frame or keep. */
export function securityHeaders(isSecure: boolean): Headers {
  return {
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    ...transportSecurity(isSecure),
  };
}

/** What every reply of a venue behind TLS says: never come back without it. */
export function transportSecurity(isSecure: boolean): Headers {
  return isSecure ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {};
}
