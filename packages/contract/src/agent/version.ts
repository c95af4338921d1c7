import { type Static, Type } from 'typebox';
import { replyText } from '../scalars.ts';

/** Path of the one call that is not signed; it answers to GET. */
export const AGENT_VERSION_PATH = '/version';

/** Reply of the version call: flat, and without `code`. */
export const AgentVersion = Type.Object(
  {
    service: replyText('Name of the service', 'openvenue'),
    version: replyText('Version of the program', '0.1.0'),
    commit: replyText('Commit it was built from', '2aad69e'),
    date: replyText('Date of the commit', '2026-03-01T08:00:00Z'),
  },
  { additionalProperties: false },
);
export type AgentVersion = Static<typeof AgentVersion>;
