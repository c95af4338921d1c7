import { operations } from '@openvenue/contract';
import { answer } from '../../failure.ts';
import { publicEndpoint } from '../../http/endpoint.ts';

export const getVersion = publicEndpoint(operations.getVersion, ({ version }) => answer({ ...version }));
