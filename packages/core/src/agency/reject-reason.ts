/** Why a command about agents was refused, beside the reasons that all commands share. */
export type AgencyRejectReason =
  | 'AGENT_UNKNOWN'
  | 'AGENT_DISABLED'
  | 'AGENT_REQUEST_EXPIRED'
  | 'NONCE_REUSED'
  | 'NONCES_FULL'
  /** The platform user id is not one of this agent's, whether it exists or not. */
  | 'AGENT_USER_FOREIGN'
  | 'AGENT_USER_UNBOUND'
  /** Both ids are this agent's, but of different users. */
  | 'AGENT_USER_MISMATCH'
  | 'TRANSFER_NOT_FOUND'
  | 'ORDER_NUMBER_CONFLICT'
  | 'TRANSFER_NOT_REVERSIBLE'
  /** A limit of the venue is reached; nothing was recorded, and the command may be repeated later. */
  | 'AGENCY_FULL'
  /** Unknown, used, expired or misused ticket or embed token; nobody learns which. */
  | 'TOKEN_INVALID'
  | 'AGENT_CODE_TAKEN'
  | 'AGENT_NUMBER_TAKEN'
  /** No such webhook, or it is not in the state that the command needs. */
  | 'WEBHOOK_UNKNOWN'
  | 'WEBHOOK_OUT_OF_ORDER';
