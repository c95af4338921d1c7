import { Type } from 'typebox';
import { CONDITION_STATUSES } from '../../enums.ts';
import { id64, oneOf, timestampMs } from '../../scalars.ts';

/** Answer to place-condition and cancel-condition. */
export const ConditionReply = Type.Object({
  conditionId: id64('Id of the condition order'),
  conditionStatus: oneOf(CONDITION_STATUSES, 'Status of the condition order after the call'),
  timestamp: timestampMs('Time of the call'),
});
