import { agentCalls } from '@openvenue/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AgentScene, type TestAgent } from '../testing/agent-scene.ts';
import { SAMPLE_BODIES } from '../testing/sample-bodies.ts';

let scene: AgentScene;
let agent: TestAgent;
let platformUserId: string;

async function call(path: string, environment: unknown) {
  const fields: Record<string, unknown> = { ...SAMPLE_BODIES[path], environment };
  if ('platformUserId' in fields) fields['platformUserId'] = platformUserId;
  if ('platformUserIds' in fields) fields['platformUserIds'] = [platformUserId];
  return (await scene.call(agent, path.replace('/v1/agent/', ''), fields)).body;
}

beforeAll(async () => {
  scene = await AgentScene.start({ perpetualQuota: { perSecond: 1_000, burst: 1_000 } });
  agent = await scene.agent();
  platformUserId = await scene.bind(agent);
  // What is moved here is there to be asked for; repeated, it moves nothing.
  for (const { path } of agentCalls) await call(path, undefined);
});
afterAll(() => scene.gateway.close());

describe.each(agentCalls)('$path', ({ path, reply }) => {
  test.each(['SIMULATED', 'production', 'TEST', 7, false, ['PRODUCTION'], {}])(
    'refuses the environment %j',
    async (environment) => {
      expect((await call(path, environment)).code).toBe(102002);
    },
  );

  test('AGY-39: is of production money, and says so when it was named', async () => {
    for (const environment of [undefined, null, '']) {
      const body = await call(path, environment);
      expect([body.code, body.environment]).toEqual([0, undefined]);
    }
    const isEchoed = Object.hasOwn(reply.properties, 'environment');
    const named = await call(path, 'PRODUCTION');
    expect([named.code, named.environment]).toEqual([0, isEchoed ? 'PRODUCTION' : undefined]);
  });
});
