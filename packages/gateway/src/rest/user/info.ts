import assert from 'node:assert/strict';
import { operations } from '@openvenue/contract';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';

export const getUserInfo = privateEndpoint(operations.getUserInfo, ({ node }, { principal }) => {
  const user = node.core.identity.userById(principal.userId);
  assert(user !== undefined, 'a caller is a user');
  const userInfo = {
    userId: user.externalUserId,
    username: user.username,
    // Users of this venue belong to no agent and have the first fee level.
    agentId: 0,
    vipLevel: 0,
    lastLoginAt: user.lastLoginAtMs,
    lastLoginIp: user.lastLoginIp,
  };
  return answer({ userInfo });
});
