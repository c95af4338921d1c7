/** Bits of an API key's permissions. Neither includes the other: trade covers orders and positions, their queries included. */
export const Permission = Object.freeze({ READ: 1, TRADE: 2, WITHDRAW: 4 });

export const ALL_PERMISSIONS = Permission.READ | Permission.TRADE | Permission.WITHDRAW;

/** What a call needs of its actor: `funds` moves his own money; `session` is open to sessions only, whatever a key may do. */
export type Need = 'read' | 'trade' | 'funds' | 'session';

/** The permissions that a key must have, all of them. */
export const PERMISSIONS_OF: Readonly<Record<Exclude<Need, 'session'>, number>> = Object.freeze({
  read: Permission.READ,
  trade: Permission.TRADE,
  funds: Permission.READ | Permission.TRADE,
});
