/** Bits of an API key's permissions. Neither includes the other: trade covers orders and positions, their queries included. */
export const Permission = Object.freeze({ READ: 1, TRADE: 2, WITHDRAW: 4 });

export const ALL_PERMISSIONS = Permission.READ | Permission.TRADE | Permission.WITHDRAW;

/** What a call needs of its actor; `session` is open to sessions only, whatever a key may do. */
export type Need = 'read' | 'trade' | 'session';
