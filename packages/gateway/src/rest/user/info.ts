import assert from 'node:assert/strict';
import { operations } from '@openvenue/contract';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';

export const getUserInfo = privateEndpoint(operations.getUserInfo, ({ node }, { principal }) => {
  const { agency, exchange, identity } = node.core;
  const user = identity.userById(principal.userId);
  assert(user !== undefined, 'a caller is a user');
  const agent = agency.agent(agency.binding(user.userId)?.agentId ?? 0);
  const userInfo = {
    userId: user.externalUserId,
    username: user.username,
    agentId: agent === undefined ? 0 : Number(agent.publicNumber),
    vipLevel: exchange.account(user.userId).feeLevel,
    lastLoginAt: user.lastLoginAtMs,
    lastLoginIp: user.lastLoginIp,
  };
  return answer({ userInfo });
});
