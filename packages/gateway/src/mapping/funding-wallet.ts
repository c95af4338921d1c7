import type { FundingWallet as FundingWalletView } from '@openvenue/contract';
import type { FundingWallet } from '@openvenue/core';
import { formatDecimal } from '@openvenue/money';
import { WALLET_ASSET } from './ledger.ts';

/** A funding wallet as replies show it. Nothing is ever held in it: what moves, moves within one command. */
export const fundingWalletView = ({ available }: FundingWallet): FundingWalletView => ({
  assetCode: WALLET_ASSET,
  availableAmount: formatDecimal(available),
  heldAmount: '0',
  totalAmount: formatDecimal(available),
});
