import type { AgentClient } from '@openvenue/agent-sdk';
import type { FastifyInstance } from 'fastify';
import type { Bindings } from '../venue/bindings.ts';
import { bodyOf, optionalText, requiredText } from './body.ts';
import { askVenue, Problem } from './problem.ts';
import type { SignedIn } from './signed-in.ts';

export interface TradingRouteOptions {
  readonly client: Pick<AgentClient, 'createEmbedToken' | 'createEntryUrl'>;
  readonly bindings: Bindings;
  readonly signedIn: SignedIn;
  /** Where the terminal links back to. */
  readonly returnUrl: () => string;
}

/** What the widget's `tokenProvider` and `entryUrlProvider` ask for. */
export function tradingRoutes(app: FastifyInstance, options: TradingRouteOptions): void {
  const { client, bindings, signedIn, returnUrl } = options;

  app.post('/api/trading/embed-token', async (request) => {
    const user = signedIn.userOf(request);
    const body = bodyOf(request.body);
    const channelId = requiredText(body, 'channelId', 128);
    const symbol = optionalText(body, 'symbol', 32);
    optionalText(body, 'reason', 128);
    await askVenue(bindings.ensure(user));
    const token = client.createEmbedToken({ agentUserId: user.userId, channelId, symbol });
    const { embedToken, expireAt } = await askVenue(token);
    return { embedToken, expireAt };
  });

  app.post('/api/trading-entry', async (request) => {
    const user = signedIn.userOf(request);
    const redirectPath = optionalText(bodyOf(request.body), 'redirectPath', 1024);
    if (redirectPath !== undefined && !/^\/(?![/\\])/.test(redirectPath)) {
      throw new Problem('bad_request', 'redirectPath must begin with one slash.');
    }
    await askVenue(bindings.ensure(user));
    const entry = client.createEntryUrl({ agentUserId: user.userId, redirectPath, returnUrl: returnUrl() });
    const { webUrl } = await askVenue(entry);
    return { webUrl };
  });
}
