import type { RejectDetails, RejectReason } from '../reject.ts';
import type { AgencyRejectReason } from './reject-reason.ts';

export interface AgencyRejected {
  readonly ok: false;
  readonly reason: RejectReason | AgencyRejectReason;
  readonly details: RejectDetails;
}

export const refuse = (reason: AgencyRejected['reason'], details: RejectDetails = {}): AgencyRejected => ({
  ok: false,
  reason,
  details,
});
