import { Type } from 'typebox';
import { count, id64, text } from '../../scalars.ts';

/** Entries of an allow-list. */
export const IP_WHITELIST_MAX = 20;
/** API keys a user may have. */
export const API_KEYS_MAX = 30;
/** Permissions of a key that asks for none. */
export const PERMISSIONS_DEFAULT = 1;

export const keyId = () => id64('Id of the API key');

export const label = () => text('Label of the key', { minLength: 1, maxLength: 64 });

export const permissions = () =>
  Type.Integer({
    minimum: 1,
    maximum: 7,
    default: PERMISSIONS_DEFAULT,
    description: 'Bit mask: 1 read, 2 trade, 4 withdraw (reserved)',
    'x-unit': 'count',
    examples: [3],
  });

export const ipWhitelist = () =>
  Type.Array(
    Type.String({
      maxLength: 43,
      pattern: '^[0-9A-Fa-f:.]{2,39}(/[0-9]{1,3})?$',
      description: 'Address or CIDR range, IPv4 or IPv6',
      'x-rule': 'an IP address or CIDR range',
      examples: ['203.0.113.7', '2001:db8::/32'],
    }),
    {
      maxItems: IP_WHITELIST_MAX,
      description: 'Addresses the key may be used from; empty: any',
      examples: [['203.0.113.7']],
    },
  );

export const keyStatus = () => count('1 enabled, 0 disabled', 0, 1);

export const apiKey = () =>
  Type.String({
    pattern: '^fx_[A-Za-z0-9_-]{1,125}$',
    description: 'Public part of the key, for the header X-API-KEY',
    examples: ['fx_4b1fd0c2a97e4e6d'],
  });
