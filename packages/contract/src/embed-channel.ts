import { text } from './scalars.ts';

/** Characters of a channel id. */
export const CHANNEL_ID_MAX_LENGTH = 128;

/** Id of one embedded terminal; its embed token serves no other. */
export const channelId = () =>
  text('Id of the embedded terminal', { minLength: 1, maxLength: CHANNEL_ID_MAX_LENGTH }, 'tw_8f14e45fceea');
