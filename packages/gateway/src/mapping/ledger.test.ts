import type { LedgerEntry } from '@openvenue/core';
import { expect, it } from 'vitest';
import { externalId } from '../ids.ts';
import { referenceOf } from './ledger.ts';

const entry = (changeType: LedgerEntry['changeType'], referenceId: number) =>
  ({ changeType, referenceId }) as Pick<LedgerEntry, 'changeType' | 'referenceId'>;

it.each([
  ['REALIZED_PNL', externalId('fill', 7)],
  ['HANDLING_FEE', externalId('fill', 7)],
  ['ADL', externalId('fill', 7)],
  ['LIQUIDATION_FEE', externalId('order', 7)],
  ['FUNDING_FEE', externalId('position', 7)],
  ['TRANSFER_IN', '7'],
] as const)('%s refers to what caused it by the id that users know', (changeType, reference) => {
  expect(referenceOf(entry(changeType, 7))).toBe(reference);
  expect(referenceOf(entry(changeType, 0))).toBe('0');
});
