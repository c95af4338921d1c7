/** The codes with which the Agent API refuses a call. */
export const AGENT_CODES = {
  /** Signature wrong, or agent unknown. */
  signatureWrong: 6001,
  agentDisabled: 6002,
  /** The client re-reads the venue's clock and repeats the call once before it reports this code. */
  timestampOutsideWindow: 6003,
  nonceReused: 6004,
  /** Another agent's user, a source address or scope that is not allowed. */
  notAllowed: 6009,
  orderNotFound: 6101,
  /** The order number was used before, with other content. */
  orderNumberTaken: 6102,
  userNotBound: 6103,
  /** `agentUserId` and `platformUserId` name two different users. */
  idsDiffer: 6104,
  orderNotReversible: 6105,
  /** Nothing was recorded; the client repeats the call before it reports this code. */
  temporarilyUnavailable: 6904,
  quotaUsedUp: 6905,
  parameterMissing: 102001,
  parameterInvalid: 102002,
  parameterOutOfRange: 102003,
} as const;
