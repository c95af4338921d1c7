type Headers = Readonly<Record<string, string>>;

/** Nothing that the pages do needs any of these, so nothing that gets into them can ask for one. */
const PERMISSIONS_POLICY = 'camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), usb=()';

const REVALIDATE = 'no-cache';

export interface DocumentSecurity {
  /** Value of `frame-ancestors`; undefined for a page that nobody may frame. */
  readonly frameAncestors: string | undefined;
  /** Where users reach the venue. */
  readonly publicUrl: string;
  /** Headers of all replies of a venue behind TLS. */
  readonly transport: Headers;
  /** A ticket stands in the address: no copy on a disk, no referrer to anyone. */
  readonly isConfidential: boolean;
}

/** Headers of the terminal's page. It takes scripts, styles and fonts from its own origin alone, none of them inline. */
export function documentHeaders({ frameAncestors, publicUrl, transport, isConfidential }: DocumentSecurity): Headers {
  const contentSecurityPolicy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    // Older browsers do not take the WebSocket of the same host for 'self'.
    `connect-src 'self' ${new URL(publicUrl).origin.replace(/^http/, 'ws')}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${frameAncestors ?? "'none'"}`,
  ].join('; ');
  return {
    ...transport,
    'cache-control': isConfidential ? 'no-store' : REVALIDATE,
    'content-security-policy': contentSecurityPolicy,
    'permissions-policy': PERMISSIONS_POLICY,
    'x-content-type-options': 'nosniff',
    ...(frameAncestors === undefined
      ? {
          'x-frame-options': 'DENY',
          'referrer-policy': 'strict-origin-when-cross-origin',
          'cross-origin-opener-policy': 'same-origin',
          'cross-origin-resource-policy': 'same-origin',
        }
      : { 'referrer-policy': 'no-referrer', 'cross-origin-resource-policy': 'cross-origin' }),
    ...(isConfidential ? { 'referrer-policy': 'no-referrer' } : {}),
  };
}

const FILE_HEADERS: Headers = {
  // For whoever opens the file as a page: an SVG could carry script.
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
};

/** Headers of a file of the terminal. One whose name is made from its content never changes. */
export function assetHeaders(transport: Headers, isHashed: boolean): Headers {
  return {
    ...transport,
    ...FILE_HEADERS,
    'cache-control': isHashed ? 'public, max-age=31536000, immutable' : REVALIDATE,
    'cross-origin-resource-policy': 'same-origin',
  };
}

/** Headers of the widget's script: any page may load it, and a new release reaches all of them within minutes. */
export function widgetHeaders(transport: Headers): Headers {
  return {
    ...transport,
    ...FILE_HEADERS,
    'access-control-allow-origin': '*',
    'cache-control': 'public, max-age=300',
    'cross-origin-resource-policy': 'cross-origin',
  };
}

/** Headers of what leads to another page, or says why there is none. */
export function signpostHeaders(transport: Headers): Headers {
  return { ...transport, ...FILE_HEADERS, 'cache-control': REVALIDATE, 'x-frame-options': 'DENY' };
}

/** Headers of the documents of the interfaces and of their pages: any origin may read them, nothing in them runs. */
export function documentationHeaders(transport: Headers): Headers {
  return {
    ...transport,
    'access-control-allow-origin': '*',
    'cache-control': REVALIDATE,
    'content-security-policy':
      "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'cross-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  };
}
