import { operations } from '@openvenue/contract';
import { answer } from '../../failure.ts';
import { publicEndpoint } from '../../http/endpoint.ts';

export const getTime = publicEndpoint(operations.getTime, (_venue, { context: { nowMs } }) =>
  answer({
    timestamp: Math.floor(nowMs / 1_000),
    timestampMs: nowMs,
    iso: new Date(nowMs).toISOString(),
    timezone: 'UTC',
  }),
);
