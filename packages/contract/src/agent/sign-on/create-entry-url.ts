import { Type } from 'typebox';
import { problemOf, withValue } from '../../problem.ts';
import { seconds } from '../../scalars.ts';
import { defineAgentCall } from '../define-agent-call.ts';
import { agentUserId } from '../fields.ts';
import {
  isRedirectPath,
  REDIRECT_PATH_DEFAULT,
  REDIRECT_PATH_MAX_LENGTH,
  REDIRECT_PATH_RULE,
} from '../redirect-path.ts';
import { isReturnUrl, RETURN_URL_MAX_LENGTH, RETURN_URL_RULE } from '../return-url.ts';

/** Makes a URL that signs a user on, once. */
export const createEntryUrl = defineAgentCall({
  path: '/v1/agent/create-entry-url',
  auth: 'signed',
  kind: 'command',
  summary: 'URL with a one-time ticket that signs the user on',
  body: Type.Object({
    agentUserId: agentUserId(),
    redirectPath: Type.Optional(
      Type.String({
        maxLength: REDIRECT_PATH_MAX_LENGTH,
        default: REDIRECT_PATH_DEFAULT,
        description: 'Where the user lands: a path of the terminal, with its query',
        'x-rule': REDIRECT_PATH_RULE,
        examples: [REDIRECT_PATH_DEFAULT],
      }),
    ),
    returnUrl: Type.Optional(
      Type.String({
        maxLength: RETURN_URL_MAX_LENGTH,
        description: 'Where the terminal links back to',
        'x-rule': RETURN_URL_RULE,
        examples: ['https://partner.example/wallet'],
      }),
    ),
  }),
  bodyRule: ({ redirectPath, returnUrl }) => {
    if (redirectPath !== undefined && !isRedirectPath(redirectPath)) {
      return withValue(problemOf(2002, 'redirectPath', REDIRECT_PATH_RULE), redirectPath);
    }
    if (returnUrl !== undefined && !isReturnUrl(returnUrl)) {
      return withValue(problemOf(2002, 'returnUrl', RETURN_URL_RULE), returnUrl);
    }
    return undefined;
  },
  reply: {
    webUrl: Type.String({
      description: 'URL of the entry page, with the ticket',
      'x-secret': true,
      examples: ['https://venue.example/agent-entry?ticket=Zk3v0Qm1'],
    }),
    expireAt: seconds('End of the ticket'),
  },
  errors: ['USER_NOT_BOUND'],
});
