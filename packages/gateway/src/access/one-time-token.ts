import { createHash } from 'node:crypto';

const TOKEN_BYTES = 32;

/** A ticket or an embed token: 256 random bits, fit for a URL. */
export const newOneTimeToken = (random: (bytes: number) => Buffer): string => random(TOKEN_BYTES).toString('base64url');

/** The form in which the core keeps it: hex SHA-256, so that no list of outstanding ones can be used. */
export const oneTimeTokenHash = (token: string): string => createHash('sha256').update(token, 'utf8').digest('hex');
