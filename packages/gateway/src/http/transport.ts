import { JSON_BODY_LIMITS, type Route, TRANSPORT_FAILURES, WS_PATH } from '@openvenue/contract';
import type { Failure } from '../failure.ts';
import { failTransport } from './body.ts';

const TOO_LARGE = { field: 'body', rule: `at most ${JSON_BODY_LIMITS.maxLength} bytes` };

/** The refusal of a path that there is not, or not with this method: who took the wrong one is told the right ones. */
export class UnknownPaths {
  readonly #methods = new Map<string, string[]>();

  constructor(routes: Iterable<Pick<Route, 'method' | 'path'>>) {
    for (const { method, path } of routes) {
      const methods = this.#methods.get(path) ?? [];
      this.#methods.set(path, [...methods, method].sort());
    }
  }

  /** `target`: path and query as they were sent. */
  refuse(method: string, target: string): Failure {
    const [path = ''] = target.split('?', 1);
    // Seldom a stranger's mistake: a proxy on the way passes no upgrades on.
    if (path === WS_PATH) return failTransport(TRANSPORT_FAILURES.unknownPath, { field: 'Upgrade', rule: 'websocket' });
    const methods = this.#methods.get(path);
    if (methods === undefined) return failTransport(TRANSPORT_FAILURES.unknownPath);
    return failTransport(TRANSPORT_FAILURES.unknownPath, {
      field: 'method',
      value: method,
      rule: methods.join(' or '),
    });
  }
}

/** The failure of a request that the framework refused before an endpoint saw it; undefined for a bug of ours. */
export function failureOfFramework(error: unknown): Failure | undefined {
  const status = statusOf(error);
  switch (status) {
    case 404:
      return failTransport(TRANSPORT_FAILURES.unknownPath);
    case 413:
      return failTransport(TRANSPORT_FAILURES.bodyTooLarge, TOO_LARGE);
    case 415:
      return failTransport(TRANSPORT_FAILURES.notJson);
    default:
      return status >= 400 && status < 500 ? failTransport(TRANSPORT_FAILURES.unparsableBody) : undefined;
  }
}

function statusOf(error: unknown): number {
  if (!(error instanceof Error) || !('statusCode' in error)) return 500;
  return typeof error.statusCode === 'number' ? error.statusCode : 500;
}
