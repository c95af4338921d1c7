import { TRANSPORT_FAILURES } from '@openvenue/contract';
import type { Failure } from '../failure.ts';
import { failTransport } from './body.ts';

/** The failure of a request that the framework refused before an endpoint saw it; undefined for a bug of ours. */
export function failureOfFramework(error: unknown): Failure | undefined {
  const status = statusOf(error);
  switch (status) {
    case 404:
      return failTransport(TRANSPORT_FAILURES.unknownPath);
    case 413:
      return failTransport(TRANSPORT_FAILURES.bodyTooLarge);
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
