import { firstInvalidEntry } from '../../access/ip-allow-list.ts';
import { type Failure, fail } from '../../failure.ts';

/** Refuses a list with an entry that is neither an address nor a CIDR range. */
export function refuseIpWhitelist(entries: readonly string[]): Failure | undefined {
  const index = firstInvalidEntry(entries);
  if (index === -1) return undefined;
  const details = { field: `ipWhitelist[${index}]`, value: entries[index] ?? '', rule: 'an IP address or CIDR range' };
  return fail('PARAMETER_INVALID', { details });
}
